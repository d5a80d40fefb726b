"""The live session: what may happen, what it adds up to, and who sees what of it.

Pure: time and randomness come in as arguments. `decide` says what a command leads to, `fold`
makes the state from events, `views` says what each role sees, and `outcome` computes from the
weights of people what stands on the wall.
"""
