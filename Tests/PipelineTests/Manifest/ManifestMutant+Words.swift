extension ManifestMutant {
  /// Misspelt words, keys, names and references.
  static let words: [ManifestMutant] = [
    .init(
      "kcpipe as kcpip", "kcpipe: 1", "kcpip: 1", line: 1, column: 1,
      words: ["'kcpip'", "not a word of a manifest"], meant: "kcpipe"),
    .init(
      "include as inclde", "include: base.yaml", "inclde: base.yaml", line: 2, column: 1,
      words: ["'inclde'", "not a word"], meant: "include", others: 1, isAlone: true),
    .init(
      "experiment as experimnt", "experiment:", "experimnt:", line: 3, column: 1,
      words: ["'experimnt'", "not a word"], meant: "experiment", isAlone: true),
    .init(
      "params as parms", "params: {", "parms: {", line: 10, column: 1,
      words: ["'parms'", "not a word"], meant: "params", others: nil, isAlone: true),
    .init(
      "sweep as sweeep", "\nsweep:\n", "\nsweeep:\n", line: 11, column: 1,
      words: ["'sweeep'", "not a word"], meant: "sweep", others: nil, isAlone: true),
    .init(
      "stages as stagse", "stages:\n", "stagse:\n", line: 17, column: 1,
      words: ["'stagse'", "not a word"], meant: "stages", others: nil, isAlone: true),
    .init(
      "notebook as notebok", "notebook:", "notebok:", line: 25, column: 1,
      words: ["'notebok'", "not a word"], meant: "notebook", isAlone: true),
    .init(
      "metrics as metrcs", "metrics:", "metrcs:", line: 29, column: 1,
      words: ["'metrcs'", "not a word"], meant: "metrics", others: nil, isAlone: true),
    .init(
      "expect as expct", "expect:", "expct:", line: 32, column: 1,
      words: ["'expct'", "not a word"], meant: "expect", isAlone: true),
    .init(
      "run as rn", "run: {", "rn: {", line: 36, column: 1, words: ["'rn'", "not a word"],
      meant: "run"),
    .init(
      "name as nmae", "  name: mutants", "  nmae: mutants", line: 4, column: 3,
      words: ["'nmae'", "word of 'experiment'"], meant: "name"),
    .init(
      "title as titel", "title: M", "titel: M", line: 5, column: 3,
      words: ["'titel'", "not a word"], meant: "title"),
    .init(
      "question as qestion", "question: ", "qestion: ", line: 6, column: 3,
      words: ["'qestion'", "not a word"], meant: "question"),
    .init(
      "authors as author", "authors: ", "author: ", line: 7, column: 3,
      words: ["'author'", "not a word"], meant: "authors"),
    .init(
      "license as licence", "license: ", "licence: ", line: 8, column: 3,
      words: ["'licence'", "not a word"], meant: "license"),
    .init(
      "seed as sede", "seed: 7", "sede: 7", line: 9, column: 3, words: ["'sede'", "not a word"],
      meant: "seed"),
    .init(
      "name as nam", "{name: Ada", "{nam: Ada", line: 7, column: 14,
      words: ["'nam'", "word of item 1 of 'authors'"], meant: "name"),
    .init(
      "orcid as orchid", "orcid: ", "orchid: ", line: 7, column: 25,
      words: ["'orchid'", "not a word"], meant: "orcid"),
    .init(
      "grid as gird", "grid: ", "gird: ", line: 12, column: 3, words: ["'gird'", "not a word"],
      meant: "grid"),
    .init(
      "zip as zipp", "zip: ", "zipp: ", line: 13, column: 3, words: ["'zipp'", "not a word"],
      meant: "zip"),
    .init(
      "exclude as exlude", "exclude: ", "exlude: ", line: 14, column: 3,
      words: ["'exlude'", "not a word"], meant: "exclude"),
    .init(
      "the sweep's include as incude", "  include: [", "  incude: [", line: 15, column: 3,
      words: ["'incude'", "not a word"], meant: "include"),
    .init(
      "replicates as replicate", "replicates: ", "replicate: ", line: 16, column: 3,
      words: ["'replicate'", "not a word"], meant: "replicates"),
    .init(
      "a range's from as form", "from: 1", "form: 1", line: 12, column: 37,
      words: ["'form'", "word of 'low' of 'grid'"], meant: "from"),
    .init(
      "to as too", "to: 3", "too: 3", line: 12, column: 46, words: ["'too'", "not a word"],
      meant: "to"),
    .init(
      "step as stp", "step: 1}", "stp: 1}", line: 12, column: 53, words: ["'stp'", "not a word"],
      meant: "step"),
    .init(
      "uses as use", "uses: toy_source\n", "use: toy_source\n", line: 19, column: 5,
      words: ["'use'", "word of 'source' of 'stages'"], meant: "uses", isAlone: true),
    .init(
      "with as wiht", "    with: {", "    wiht: {", line: 20, column: 5,
      words: ["'wiht'", "not a word"], meant: "with"),
    .init(
      "in as inn", "toy_sum@1, in: ", "toy_sum@1, inn: ", line: 22, column: 28,
      words: ["'inn'", "not a word"], meant: "in", others: 1),
    .init(
      "retry as retrry", "retry: {", "retrry: {", line: 21, column: 5,
      words: ["'retrry'", "not a word"], meant: "retry"),
    .init(
      "scope as scop", "scope: case", "scop: case", line: 22, column: 60,
      words: ["'scop'", "not a word"], meant: "scope"),
    .init(
      "times as tims", "times: 2", "tims: 2", line: 21, column: 13,
      words: ["'tims'", "word of 'retry'"], meant: "times"),
    .init(
      "toy_source as toy_sorce", "uses: toy_source\n", "uses: toy_sorce\n", line: 19, column: 11,
      words: ["'toy_sorce'", "not a stage"], meant: "toy_source", isAlone: true),
    .init(
      "count as cuont", "count: \"${count}\"", "cuont: \"${count}\"", line: 20, column: 12,
      words: ["'cuont'", "not a parameter of toy_source"], meant: "count"),
    .init(
      "an input slot", "in: {source: source}", "in: {sorce: source}", line: 22, column: 33,
      words: ["'sorce'", "not an input of toy_sum"], meant: "source", others: 1),
    .init(
      "a step that is read", "source: source}", "source: sourc}", line: 22, column: 41,
      words: ["'sourc'", "not a step"], meant: "source"),
    .init(
      "main as mian", "total.main", "total.mian", line: 24, column: 39,
      words: ["'mian'", "not an output of toy_sum"], meant: "main"),
    .init(
      "an axis of the grid", "grid: {count: [", "grid: {cont: [", line: 12, column: 10,
      words: ["'cont'", "not a parameter of this manifest"], meant: "count", others: nil,
      isAlone: true),
    .init(
      "an axis of the zip", "zip: {kind", "zip: {knd", line: 13, column: 9,
      words: ["'knd'", "cannot be an axis"], meant: "kind"),
    .init(
      "an axis of an exclusion", "14, low: 3", "14, lwo: 3", line: 14, column: 25,
      words: ["'lwo'", "not an axis"], meant: "low"),
    .init(
      "an axis of a further case", "{count: 20", "{coutn: 20", line: 15, column: 14,
      words: ["'coutn'", "part of a case"], meant: "count"),
    .init(
      "a reference", "\"${count}\", ", "\"${cuont}\", ", line: 20, column: 19,
      words: ["'${cuont}'", "no parameter"], meant: "count"),
    .init(
      "a reference in prose", "\"Of ${count}", "\"Of ${cont}", line: 28, column: 10,
      words: ["'${cont}'", "no parameter"], meant: "count"),
    .init(
      "a step in the notebook", "  total: \"Of", "  totl: \"Of", line: 28, column: 3,
      words: ["'totl'", "not a step"], meant: "total"),
    .init(
      "a metric's from as form", "sum: {from: ", "sum: {form: ", line: 30, column: 9,
      words: ["'form'", "word of 'sum' of 'metrics'"], meant: "from"),
    .init(
      "path as pth", "path: total", "pth: total", line: 30, column: 23,
      words: ["'pth'", "not a word"], meant: "path"),
    .init(
      "better as beter", "better: ", "beter: ", line: 30, column: 36,
      words: ["'beter'", "not a word"], meant: "better"),
    .init(
      "tolerance as tolerence", "tolerance: ", "tolerence: ", line: 30, column: 52,
      words: ["'tolerence'", "not a word"], meant: "tolerance"),
    .init(
      "abs as asb", "abs: 1", "asb: 1", line: 30, column: 64, words: ["'asb'", "not a word"],
      meant: "abs"),
    .init(
      "rel as rle", "rel: 1e", "rle: 1e", line: 30, column: 72, words: ["'rle'", "not a word"],
      meant: "rel"),
    .init(
      "a metric's step", "from: source", "from: sorce", line: 30, column: 15,
      words: ["'sorce'", "not a step"], meant: "source"),
    .init(
      "a metric's output", "from: source", "from: source.mian", line: 30, column: 15,
      words: ["'mian'", "not an output"], meant: "main"),
    .init(
      "a metric's variable", "path: total", "path: totl", line: 30, column: 29,
      words: ["'totl'", "not a scalar of toy_source"], meant: "total"),
    .init(
      "higher as hihger", "higher", "hihger", line: 30, column: 44,
      words: ["'hihger'", "lower, higher, none"], meant: "higher"),
    .init(
      "sweep as sweap", "scope: sweep", "scope: sweap", line: 23, column: 54,
      words: ["'sweap'", "case, sweep"], meant: "sweep"),
    .init(
      "a claim's metric", "- sum > 0", "- smu > 0", line: 33, column: 5,
      words: ["'smu'", "not a metric"], meant: "sum"),
    .init(
      "a claim's axis", "- mean(weight where count", "- mean(weight where cuont", line: 34,
      column: 5, words: ["'cuont'", "not a metric"], meant: "count"),
    .init(
      "a choice among an axis's values",
      "[line, square], other: [5, 6]}\n  exclude: [{count: 14, low: 3}]\n  include: [{count: 20, low: 1}]\n  replicates: 2\nstages:\n  source:\n    uses: toy_source\n    with: {count: \"${count}\", kind: \"${kind}\"}",
      "[line, sqare], other: [5, 6]}\n  exclude: [{count: 14, low: 3}]\n  include: [{count: 20, low: 1}]\n  replicates: 2\nstages:\n  source:\n    uses: toy_source\n    with: {count: \"${count}\", kind: \"${kind}\"}",
      line: 20, column: 37, words: ["'sqare'", "line, square"], meant: "square", isAlone: true),
    .init(
      "a function of a claim", "- abs(sum", "- asb(sum", line: 35, column: 5,
      words: ["one of abs", "'asb'"]),
    .init(
      "jobs as job", "jobs: 2", "job: 2", line: 36, column: 7, words: ["'job'", "word of 'run'"],
      meant: "jobs"),
    .init(
      "toy_sum as toy_smu", "uses: toy_sum@1", "uses: toy_smu@1", line: 22, column: 17,
      words: ["'toy_smu'", "not a stage"], meant: "toy_sum", isAlone: true),
  ]
}
