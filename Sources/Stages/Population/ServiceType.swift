import Pipeline

/// A kind of request beside the built-in ones, as a markup file declares it (requirement N3).
///
///     services:
///       compute: {price: 12, law: exponential, mean_s: 0.8, deadline_s: 10, ingredients: {cpu: 5}}
struct ServiceType {
  enum Law: String, CaseIterable {
    case deterministic, exponential, uniform, erlang2

    var code: Int8 { Int8(Self.allCases.firstIndex(of: self) ?? 0) }
  }

  let name: String
  let price: Double
  let law: Law
  let meanSeconds: Double
  /// Infinite where there is none.
  let deadlineSeconds: Double
  /// Sum of the ingredients' values and the cost of putting them together (N30).
  let value: Double

  static let standard = [
    ServiceType(
      name: "compute", price: 12, law: .exponential, meanSeconds: 0.8, deadlineSeconds: 30,
      value: 11),
    ServiceType(
      name: "storage", price: 5, law: .uniform, meanSeconds: 0.3, deadlineSeconds: 20, value: 5),
    ServiceType(
      name: "consult", price: 40, law: .erlang2, meanSeconds: 2.5, deadlineSeconds: .infinity,
      value: 38),
  ]

  static let shape = Shape.record([
    .init(
      "services", .dictionary(keys: .name, values: service), isRequired: true,
      "the service types by name")
  ])

  private static let positive = Shape.number(0...Double.infinity, open: true)
  private static let service = Shape.record([
    .init("price", positive, isRequired: true, unit: "coin", "list price of a request"),
    .init("law", .choice(Law.allCases.map(\.rawValue)), "law of the service time"),
    .init("mean_s", positive, isRequired: true, unit: "s", "mean service time"),
    .init("deadline_s", positive, unit: "s", "deadline of a reply"),
    .init(
      "ingredients",
      .dictionary(keys: .name, values: .number(0...Double.infinity, open: false)),
      unit: "coin", "values of what a reply is made of"),
    .init(
      "integration", .number(0...Double.infinity, open: false), unit: "coin",
      "cost of putting them together"),
  ])

  /// The types of a file, in its order; the built-in ones if none is given.
  static func load(_ file: InputFile) throws(DataError) -> [ServiceType] {
    guard file.isGiven else { return standard }
    let markup = try MarkupFile(path: file.path)
    let value = try markup.checked(against: shape, "the service file")
    let names = markup.keys(under: "services")
    guard !names.isEmpty, names.count <= 1024 else {
      throw DataError(
        (file.path as String), expected: "1 to 1024 service types", found: "\(names.count)")
    }
    return names.compactMap { name in value["services"]?[name].map { ServiceType(name, $0) } }
  }

  private init(_ name: String, _ value: Value) {
    let price = value["price"]?.number ?? 0
    let parts = value["ingredients"]?.members.sorted { $0.key < $1.key } ?? []
    let ingredients = parts.reduce(0) { $0 + ($1.value.number ?? 0) }
    self.init(
      name: name, price: price,
      law: value["law"]?.text.flatMap(Law.init) ?? .exponential,
      meanSeconds: value["mean_s"]?.number ?? 0,
      deadlineSeconds: value["deadline_s"]?.number ?? .infinity,
      value: parts.isEmpty ? price : ingredients + (value["integration"]?.number ?? 0))
  }

  private init(
    name: String, price: Double, law: Law, meanSeconds: Double, deadlineSeconds: Double,
    value: Double
  ) {
    self.name = name
    self.price = price
    self.law = law
    self.meanSeconds = meanSeconds
    self.deadlineSeconds = deadlineSeconds
    self.value = value
  }
}
