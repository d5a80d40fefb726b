"""The live session: what may happen, what it adds up to, and who sees what of it.

Pure: time and randomness come in as arguments. A door (`afweging.live`, or a test) does this:

1. `decide.create(setup, at=now)` gives the first event of a session; `fold.fold(journal.read())`
   takes up an earlier one.
2. For each command, `decide.decide(state, command, at=now)` gives an event, a repeat with the
   first receipt, or a refusal, worded by `afweging.wording.refusals.refusal_text`.
3. The event is stored (`afweging.io.journal.Journal.append`, several in one batch if need be) and
   applied (`fold.apply`); only then does whoever asked get an answer. To decide on the next command
   before a batch is stored, apply to a copy: states are frozen, so keep both. When storing fails,
   go on from the state before the batch, and answer that nothing was stored.
4. `views.projector_view`, `views.participant_view` and `console.console_view` say what each role
   sees; `views.shared_view` is made once for a whole room. `decision_view` is fetched by itself.
5. Two seconds after a seal the door sends `Commit` with a fresh salt; the round cannot be revealed
   before. A submission within that time still counts.
6. `retention.due_for_erasure` says what to erase by now: `MarkErased` is decided, and stored with
   `journal.append([event], erase=parts)`.

What the commands of participants and of the facilitator are stands in
`afweging.model.session_command`. Who may send them is for the door: a participant sends the first
six for the own seat, the facilitator the others, and `Submit`, `Confirm` and `Endorse` for a seat
that is a proxy. `outcome.what_if` computes without storing.
"""
