import ArgumentParser

/// A share given on the command line, as `5%` or `0.05`.
struct Share: ExpressibleByArgument {
  let value: Double

  init(_ value: Double) {
    self.value = value
  }

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else {
      return nil
    }
    let value = isPercent ? number / 100 : number
    // A bare 5 would mean 500 %, which nobody means.
    guard value >= 0, isPercent || value < 1 else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { "\((value * 1e4).rounded() / 100)%" }
}

/// A time given on the command line, as `90s`, `2min` or a number of seconds.
struct TimeLimit: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units = [("min", 60.0), ("ms", 1e-3), ("s", 1.0), ("", 1.0)]
    guard let (suffix, scale) = units.first(where: { argument.hasSuffix($0.0) }),
      let number = Double(argument.dropLast(suffix.count)), number >= 0, number.isFinite
    else { return nil }
    seconds = number * scale
  }
}
