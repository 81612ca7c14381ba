extension ManifestMutant {
  /// Values of a wrong kind or out of range, and parts that do not fit together.
  static let values: [ManifestMutant] = [
    .init(
      "a word as format", "kcpipe: 1", "kcpipe: one", line: 1, column: 9,
      words: ["'kcpipe'", "whole number", "'one'"]),
    .init(
      "a reference as format", "kcpipe: 1", "kcpipe: \"${low}\"", line: 1, column: 9,
      words: ["'kcpipe'", "reference"]),
    .init(
      "a newer format", "kcpipe: 1", "kcpipe: 2", line: 1, column: 9, words: ["format 1", "2"]),
    .init("format zero", "kcpipe: 1", "kcpipe: 0", line: 1, column: 9, words: ["'kcpipe'", "0"]),
    .init(
      "a mapping to include", "include: base.yaml", "include: {base: 1}", line: 2, column: 10,
      words: ["'include'", "path"], others: nil, isAlone: true),
    .init(
      "nothing to include", "include: base.yaml", "include: gone.yaml", line: 2, column: 10,
      words: ["'gone.yaml'", "does not exist"], others: 1, isAlone: true),
    .init(
      "a list as name", "  name: mutants", "  name: [mutants]", line: 4, column: 9,
      words: ["'name'", "a list of 1"]),
    .init(
      "a blank in the name", "  name: mutants", "  name: mu tants", line: 4, column: 9,
      words: ["'name'", "letters", "'mu tants'"]),
    .init(
      "nothing as title", "title: Mutants", "title: ~", line: 5, column: 10,
      words: ["'title'", "text", "nothing"]),
    .init(
      "a text as authors", "authors: [{name: Ada, orcid: 0000-0002-1825-0097}]", "authors: Ada",
      line: 7, column: 12, words: ["'authors'", "a list"]),
    .init(
      "a text as author", "authors: [{name: Ada, orcid: 0000-0002-1825-0097}]", "authors: [Ada]",
      line: 7, column: 13, words: ["item 1 of 'authors'", "a mapping"]),
    .init(
      "an author without a name", "{name: Ada, orcid", "{orcid", line: 7, column: 13,
      words: ["needs 'name'"]),
    .init(
      "a word as seed", "seed: 7", "seed: seven", line: 9, column: 9,
      words: ["'seed'", "whole number", "'seven'"]),
    .init(
      "a negative seed", "seed: 7", "seed: -7", line: 9, column: 9,
      words: ["'seed'", "at least 0", "-7"]),
    .init(
      "a seed beyond 64 bits", "seed: 7", "seed: 99999999999999999999", line: 9, column: 9,
      words: ["'seed'", "whole number"]),
    .init(
      "half a seed", "seed: 7", "seed: 7.5", line: 9, column: 9,
      words: ["'seed'", "whole number", "7.5"]),
    .init(
      "a list as params", "params: {count: 12, kind: line, low: 1}", "params: [12]", line: 10,
      column: 9, words: ["'params'", "a mapping"], others: nil, isAlone: true),
    .init(
      "a parameter with a capital", "low: 1}\nsweep", "low: 1, Low: 2}\nsweep", line: 10,
      column: 41, words: ["'Low'", "small letters"]),
    .init(
      "a parameter that refers to another", "kind: line, low", "kind: \"${count}\", low", line: 10,
      column: 27, words: ["cannot refer", "'${count}'"], others: nil, isAlone: true),
    .init(
      "a number as grid", "grid: {count: [12, 14, 16], low: {from: 1, to: 3, step: 1}}", "grid: 3",
      line: 12, column: 9, words: ["'grid'", "a mapping"]),
    .init(
      "a number as axis", "[12, 14, 16]", "12", line: 12, column: 17,
      words: ["'count'", "a list", "12"]),
    .init(
      "a mapping as an axis's value", "[12, 14, 16]", "[12, {a: 1}]", line: 12, column: 22,
      words: ["item 2 of 'count'"]),
    .init(
      "an axis without values", "[12, 14, 16]", "[]", line: 12, column: 17,
      words: ["'count'", "at least 1"]),
    .init(
      "a value twice", "[12, 14, 16]", "[12, 14, 12.0]", line: 12, column: 17,
      words: ["'count'", "12 twice"]),
    .init(
      "a range that falls", "low: {from: 1, to: 3", "low: {from: 3, to: 1", line: 12, column: 36,
      words: ["a range", "`from` <= `to`"]),
    .init(
      "a range without steps", "low: {from: 1, to: 3, step: 1}", "low: {from: 1, to: 3, step: 0}",
      line: 12, column: 36, words: ["a range", "above 0"]),
    .init(
      "a range of words", "from: 1", "from: one", line: 12, column: 43,
      words: ["'from'", "a number", "'one'"]),
    .init(
      "a range without an end", "{from: 1, to: 3, step: 1}", "{from: 1, step: 1}", line: 12,
      column: 36, words: ["needs 'to'"]),
    .init(
      "a range too fine", "low: {from: 1, to: 3, step: 1}", "low: {from: 1, to: 3, step: 1e-9}",
      line: 12, column: 36, words: ["more than"]),
    .init(
      "unequal lengths", "other: [5, 6]", "other: [5, 6, 7]", line: 13, column: 31,
      words: ["3 values", "walked together"]),
    .init(
      "an axis of grid and zip", "zip: {kind: [line, square]", "zip: {count: [1, 2]", line: 13,
      column: 9, words: ["'count'", "already"], others: nil, isAlone: true),
    .init(
      "an exclusion without effect", "{count: 14, low: 3}",
      "{count: 14, low: 3}, {count: 14, low: 3}", line: 14, column: 34, words: ["matches no case"]),
    .init(
      "an exclusion of another value", "count: 14", "count: 15", line: 14, column: 21,
      words: ["'count'", "no value 15"]),
    .init(
      "a text as exclude", "exclude: [{count: 14, low: 3}]", "exclude: none", line: 14, column: 12,
      words: ["'exclude'", "a list"]),
    .init(
      "no replicates", "replicates: 2", "replicates: 0", line: 16, column: 15,
      words: ["'replicates'", "from 1", "0"]),
    .init(
      "half a replicate", "replicates: 2", "replicates: 2.5", line: 16, column: 15,
      words: ["'replicates'", "2.5"]),
    .init(
      "a number as stage", "uses: toy_source\n", "uses: 3\n", line: 19, column: 11,
      words: ["'3'", "not a stage"], isAlone: true),
    .init(
      "a list as stage", "uses: toy_source\n", "uses: [toy_source]\n", line: 19, column: 11,
      words: ["'uses'", "a list"], isAlone: true),
    .init(
      "a step without a stage", "{uses: toy_source, with: {count: 3}, ", "{with: {count: 3}, ",
      line: 23, column: 10, words: ["'fixed'", "needs 'uses'"]),
    .init(
      "a revision that is not there", "toy_sum@1", "toy_sum@9", line: 22, column: 17,
      words: ["toy_sum@1", "@9"]),
    .init(
      "a revision of letters", "toy_sum@1", "toy_sum@one", line: 22, column: 17,
      words: ["'toy_sum@one'", "after '@'"]),
    .init(
      "a number as step", "fixed: {uses: toy_source, with: {count: 3}, scope: sweep}", "fixed: 3",
      line: 23, column: 10, words: ["'fixed'", "a mapping"]),
    .init(
      "a number as with", "with: {count: \"${count}\", kind: \"${kind}\"}", "with: 3", line: 20,
      column: 11, words: ["toy_source", "a mapping", "3"]),
    .init(
      "a text that looks like a number", "{count: 3}", "{count: \"3\"}", line: 23, column: 43,
      words: ["'count'", "whole number", "the text '3'"]),
    .init(
      "a number out of range", "{count: 3}", "{count: 1000001}", line: 23, column: 43,
      words: ["'count'", "from 0 to 1000000", "1000001"]),
    .init(
      "a reference to another kind", "count: \"${count}\"", "count: \"${kind}\"", line: 20,
      column: 19, words: ["'count'", "whole number", "value of kind"], others: nil, isAlone: true),
    .init(
      "a reference inside a number", "{count: 3}", "{count: \"3${low}\"}", line: 23, column: 43,
      words: ["'count'", "whole number", "'31'"], others: nil, isAlone: true),
    .init(
      "a choice that is a number", "kind: \"${kind}\"", "kind: 3", line: 20, column: 37,
      words: ["'kind'", "line, square"]),
    .init(
      "a file that is missing", "{count: 3}", "{count: 3, file: gone.csv}", line: 23, column: 52,
      words: ["'file'", "No such file"]),
    .init(
      "a number as in", "in: {source: source}", "in: 3", line: 22, column: 32,
      words: ["'in'", "a mapping"], others: 1),
    .init(
      "a number as producer", "{source: source}", "{source: 3}", line: 22, column: 41,
      words: ["'3'", "not a step"]),
    .init(
      "a missing input", "pass: {uses: toy_pass, in: {source: total.main}}",
      "pass: {uses: toy_pass}", line: 24, column: 3,
      words: ["'pass' needs the input 'source'", "toy_total"]),
    .init(
      "an edge that does not fit", "total.main", "source", line: 24, column: 39,
      words: ["takes toy_total", "toy_numbers"]),
    .init(
      "a cycle", "pass: {uses: toy_pass, in: {source: total.main}}",
      "pass: {uses: toy_pass, in: {source: pass}}", line: 24, column: 3,
      words: ["wait for one another"]),
    .init(
      "too many attempts", "retry: 1,", "retry: 101,", line: 22, column: 57,
      words: ["'retry'", "from 0 to 100", "101"]),
    .init(
      "attempts in words", "retry: 1,", "retry: often,", line: 22, column: 57,
      words: ["'retry'", "'often'"]),
    .init(
      "too few times", "times: 2", "times: -1", line: 21, column: 20,
      words: ["'times'", "from 0 to 100"]),
    .init(
      "prose that is a list", "total: \"Of ${count} numbers.\"", "total: [1]", line: 28, column: 10,
      words: ["'total' of 'notebook'", "a list"]),
    .init(
      "a number as metric", "weight: {from: pass, path: /total}", "weight: 3", line: 31, column: 11,
      words: ["'weight'", "a mapping"]),
    .init(
      "a metric without a path", "weight: {from: pass, path: /total}", "weight: {from: pass}",
      line: 31, column: 11, words: ["'weight'", "needs 'path'"]),
    .init(
      "a metric with a capital", "weight: {from: pass, path: /total}",
      "weight: {from: pass, path: /total}\n  Weight: {from: pass, path: /total}", line: 32,
      column: 3, words: ["'Weight'", "small letters"], isAlone: true),
    .init(
      "a number as tolerance", "tolerance: {abs: 1, rel: 1e-9}", "tolerance: 1", line: 30,
      column: 63, words: ["'tolerance'", "a mapping"]),
    .init(
      "a negative tolerance", "abs: 1", "abs: -1", line: 30, column: 69,
      words: ["'abs'", "at least 0"]),
    .init(
      "a text as claims",
      "expect:\n  - sum > 0\n  - mean(weight where count == 12) <= max(weight)\n  - abs(sum - ${low}) < 1e9",
      "expect: sum > 0", line: 32, column: 9, words: ["'expect'", "a list"], isAlone: true),
    .init(
      "half a claim", "- sum > 0", "- sum >", line: 33, column: 5,
      words: ["character 6", "its end"]),
    .init(
      "a list as claim", "- sum > 0", "- [sum]", line: 33, column: 5, words: ["item 1 of 'expect'"]),
    .init(
      "a claim without a comparison", "- sum > 0", "- sum", line: 33, column: 5, words: ["one of <"]
    ),
    .init(
      "a claim with a reference to nothing", "- abs(sum - ${low})", "- abs(sum - ${lwo})", line: 35,
      column: 5, words: ["'${lwo}'", "no parameter"], meant: "low", others: nil, isAlone: true),
    .init(
      "no jobs", "jobs: 2", "jobs: 0", line: 36, column: 13,
      words: ["'jobs'", "from 1 to 256", "0"]),
    .init("many jobs", "jobs: 2", "jobs: many", line: 36, column: 13, words: ["'jobs'", "'many'"]),
    .init(
      "a list as run", "run: {jobs: 2}", "run: [2]", line: 36, column: 6,
      words: ["'run'", "a mapping"]),
  ]
}
