"""Compares the Brabant options from Python: ranking, regret and one explanation."""

import afweging as afw

problem = afw.read_problem("scenarios/brabant")
result = afw.compare(problem)
print(afw.tables.ranking(result).round(3)[["rank", "score_low", "E", "A", "W", "M"]])
print(afw.tables.greatest_regret(result).query("over == 'scenarios'").round(4))
why = afw.explain(result, result.ranking[0].id, result.ranking[1].id)
print(f"{why.first} scores {why.difference.low:.4f} above {why.second}")
print("because of", ", ".join(clause.criterion for clause in why.because[:3]))
