import Foundation
import Kernels
import Pipeline

/// Cases of queues with known answers, read from a JSON file.
///
/// The document is an object of families, each a list of cases: `mm1`, `mmc` (`lam`, `mu`, `c`),
/// `mg1_pk` (`lam`, `service`), `mm1K`, `mmcK` (`lam`, `mu`, `c`, `K`), `mm1_priority` (`mu`,
/// `classes_high_first` of `lam`), `jackson` (`gamma`, `P`, `mu`, `c`), `closed_mva` (`visits`,
/// `service`, `N`). Other keys may hold exact answers; those that are known are compared.
struct ValidationCases {
  private(set) var all: [QueueCase] = []
  /// Relative differences of closed forms to the answers of the file.
  private(set) var formulaErrors: [Double] = []
  private let file: String

  init(path: String) throws {
    file = (path as NSString).lastPathComponent
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError(file, expected: "a readable file", found: "none")
    }
    let document = try? JSONDecoder().decode([String: [JSONCase]].self, from: data)
    guard let document else {
      throw DataError(file, expected: "a JSON object of lists of cases", found: "something else")
    }
    for family in document.keys.sorted() {
      for (index, one) in (document[family] ?? []).enumerated() {
        try add(one, family, at: "\(family)[\(index)]")
      }
    }
    guard !all.isEmpty else { throw DataError(file, expected: "at least one case", found: "none") }
  }

  private mutating func add(_ one: JSONCase, _ family: String, at place: String) throws {
    switch family {
    case "mm1", "mmc", "mm1K", "mmcK": try addBirthDeath(one, at: place)
    case "mg1_pk": try addSingleServer(one, at: place)
    case "mm1_priority": try addPriorities(one, at: place)
    case "jackson": try addJackson(one, at: place)
    case "closed_mva": try addClosed(one, at: place)
    default:
      throw DataError(
        file, at: family,
        expected: "mm1, mmc, mg1_pk, mm1K, mmcK, mm1_priority, jackson or closed_mva",
        found: "another family")
    }
  }

  private mutating func addBirthDeath(_ one: JSONCase, at place: String) throws {
    let rate = try number(one.lam, "lam", place)
    let service = one.mu?.numbers.first ?? 1
    let servers = Int(one.c?.numbers.first ?? 1)
    let made = QueueCase.birthDeath(
      arrivalRate: rate, serviceRate: service, servers: servers, capacity: one.K)
    all.append(try steady(made, place))
    guard
      let exact = BirthDeathQueue(
        arrivalRate: rate, serviceRate: service, servers: servers, capacity: one.K)
    else { return }
    compare(exact.numberMean, one.L)
    compare(exact.waitingMean, one.Lq)
    compare(exact.blockingProbability, one.P_block)
    compare(exact.throughput, one.throughput)
    compare(exact.sojournMean, one.W ?? one.W_accepted)
    compare(exact.waitMean, one.Wq)
    guard one.K == nil else { return }
    compare(exact.waitProbability, one.P_wait)
    compare(exact.waitQuantile(0.95), one.Wq_p95)
    compare(BirthDeathQueue.erlangB(load: rate / service, servers: servers), one.erlangB_same_load)
    guard servers == 1 else { return }
    compare(exact.sojournQuantile(0.5), one.T_p50)
    compare(exact.sojournQuantile(0.95), one.T_p95)
    compare(exact.sojournQuantile(0.99), one.T_p99)
    compare(exact.sojournMean * exact.sojournMean, one.var_T)
    compare(exact.probability(of: 0), one.P0)
    compare(exact.probability(from: 10), one.P_N_ge_10)
  }

  private mutating func addSingleServer(_ one: JSONCase, at place: String) throws {
    let rate = try number(one.lam, "lam", place)
    guard let text = one.service?.text, let law = Self.law(text, one) else {
      throw DataError(
        file, at: place,
        expected: "a service such as 'deterministic s=1', 'uniform[0,2]', 'erlang-4 mean 1', "
          + "'exponential mean 1', 'lognormal mean 1, cv2=2', or p, rate1 and rate2",
        found: "'\(one.service?.text ?? "none")'")
    }
    all.append(
      try steady(QueueCase.singleServer(arrivalRate: rate, service: law, name: text), place))
    guard let exact = SingleServerQueue(arrivalRate: rate, service: law) else { return }
    compare(exact.waitMean, one.Wq)
    compare(exact.sojournMean, one.W)
    compare(exact.waitVariance, one.var_Wq)
    compare(law.moments.second, one.ES2)
    compare(law.moments.third, one.ES3)
  }

  private mutating func addPriorities(_ one: JSONCase, at place: String) throws {
    guard let classes = one.classes_high_first, !classes.isEmpty else {
      throw DataError(file, at: place, expected: "classes_high_first", found: "none")
    }
    let rates = try classes.map { try number($0.lam, "lam", place) }
    let service = try number(one.mu?.numbers.first, "mu", place)
    for isPreemptive in [false, true] {
      let made = QueueCase.priorities(
        arrivalRates: rates, serviceRate: service, isPreemptive: isPreemptive)
      all.append(try steady(made, place))
    }
    guard let exact = PriorityQueueTheory(arrivalRates: rates, serviceRate: service) else { return }
    for (index, answers) in classes.enumerated() {
      compare(exact.waitMean(index), answers.nonpreemptive_Wq)
      compare(exact.preemptiveSojournMean(index), answers.preemptive_resume_W)
    }
  }

  private mutating func addJackson(_ one: JSONCase, at place: String) throws {
    guard let entry = one.gamma, let routing = one.P, let rates = one.mu?.numbers,
      routing.count == entry.count, rates.count == entry.count,
      routing.allSatisfy({ $0.count == entry.count })
    else {
      throw DataError(
        file, at: place, expected: "gamma, mu and c of one length and a square P",
        found: "other extents")
    }
    let servers = one.c?.numbers.map { Int($0) } ?? rates.map { _ in 1 }
    guard servers.count == rates.count else {
      throw DataError(
        file, at: place, expected: "\(rates.count) elements of c", found: "\(servers.count)")
    }
    let made = QueueCase.jackson(
      entryRates: entry, routing: routing, serviceRates: rates, servers: servers)
    all.append(try steady(made, place))
    guard
      let exact = JacksonNetwork(
        entryRates: entry, routing: routing, serviceRates: rates, servers: servers)
    else { return }
    compare(exact.sojournMean, one.T_mean)
    compare(exact.numberMean, one.L_total)
    compare(exact.visitsMean, one.mean_visits)
  }

  private mutating func addClosed(_ one: JSONCase, at place: String) throws {
    guard let visits = one.visits, let means = one.service?.numbers, visits.count == means.count,
      let population = one.N, population > 0, !visits.isEmpty
    else {
      throw DataError(
        file, at: place, expected: "visits and service of one length and a positive N",
        found: "other extents")
    }
    all.append(QueueCase.closed(visits: visits, serviceMeans: means, population: population))
    let exact = MeanValueAnalysis(visits: visits, serviceMeans: means, population: population)
    compare(exact.throughput, one.X)
    compare(exact.roundMean, one.R)
    for (index, answer) in (one.Q ?? []).enumerated() { compare(exact.numberMeans[index], answer) }
  }

  /// A law by its words, as `erlang-4 mean 1`; two exponential phases by their rates.
  private static func law(_ text: String, _ one: JSONCase) -> ServiceLaw? {
    if let share = one.p, let first = one.rate1, let second = one.rate2 {
      return .hyperexponential(share: share, first: 1 / first, second: 1 / second)
    }
    let word = text.prefix { $0.isLetter }
    var numbers: [Double] = []
    for piece in text.split(whereSeparator: { !"0123456789.e".contains($0) }) {
      if let value = Double(piece), piece.first?.isNumber == true { numbers.append(value) }
    }
    switch (word, numbers.count) {
    case ("deterministic", 1): return .deterministic(numbers[0])
    case ("uniform", 2) where numbers[0] <= numbers[1]: return .uniform(numbers[0]...numbers[1])
    case ("erlang", 2): return .erlang(phases: Int(numbers[0]), mean: numbers[1])
    case ("exponential", 1): return .exponential(mean: numbers[0])
    case ("hyperexponential", 3):
      return .hyperexponential(mean: numbers[0], squaredVariation: numbers[2])
    case ("lognormal", 3):
      return .lognormal(mean: numbers[0], squaredVariation: numbers[2])
    default: return nil
    }
  }

  private func number(_ value: Double?, _ name: String, _ place: String) throws -> Double {
    guard let value, value > 0, value.isFinite else {
      throw DataError(
        file, at: place, expected: "a positive number \(name)",
        found: value.map { "\($0)" } ?? "none")
    }
    return value
  }

  private func steady(_ made: QueueCase?, _ place: String) throws -> QueueCase {
    guard let made else {
      throw DataError(file, at: place, expected: "a load below 1, or a bound", found: "neither")
    }
    return made
  }

  private mutating func compare(_ value: Double, _ answer: Double?) {
    guard let answer else { return }
    formulaErrors.append(abs(value - answer) / max(abs(answer), .leastNormalMagnitude))
  }
}

/// What a case of any family may say.
struct JSONCase: Decodable {
  /// One number, or a list of them, or a text.
  enum Mixed: Decodable {
    case number(Double)
    case list([Double])
    case words(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let list = try? container.decode([Double].self) {
        self = .list(list)
      } else {
        self = .words(try container.decode(String.self))
      }
    }

    var numbers: [Double] {
      switch self {
      case .number(let value): [value]
      case .list(let values): values
      case .words: []
      }
    }

    var text: String? {
      if case .words(let text) = self { return text }
      return nil
    }
  }

  struct MessageClass: Decodable {
    let lam: Double?
    let nonpreemptive_Wq: Double?
    let preemptive_resume_W: Double?
  }

  let lam, L, Lq, W, Wq, W_accepted, throughput, P_block, P_wait, Wq_p95: Double?
  let erlangB_same_load, T_p50, T_p95, T_p99, var_T, P0, P_N_ge_10, var_Wq, ES2, ES3: Double?
  let p, rate1, rate2, T_mean, L_total, mean_visits, X, R: Double?
  let mu, c, service: Mixed?
  let K, N: Int?
  let gamma, visits, Q: [Double]?
  let P: [[Double]]?
  let classes_high_first: [MessageClass]?
}
