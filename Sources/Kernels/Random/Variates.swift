internal import CGSL

/// Random variates of the GNU Scientific Library, drawn from one of our streams.
///
///     let draw = Variates(RandomStream(seed: 7, name: "traffic.service"))
///     let work = draw.lognormal(logMean: 0, logDeviation: 1)
///
/// The library sees Philox through a `gsl_rng_type` of ours, so its rejection samplers stay
/// reproducible. A call costs 50-100 ns: for set-up and analysis, not for event loops.
@safe public struct Variates: ~Copyable {
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// Starts at the first block of `stream`.
  public init(_ stream: RandomStream) {
    _ = PhiloxForGSL.errorsAreReturned
    guard let generator = unsafe gsl_rng_alloc(PhiloxForGSL.type) else {
      preconditionFailure("gsl_rng_alloc: out of memory")
    }
    unsafe PhiloxForGSL.state(generator.pointee.state).pointee = .init(key: stream.key)
    unsafe self.generator = generator
  }

  deinit { unsafe gsl_rng_free(generator) }

  /// A number drawn evenly from (0, 1).
  public func unit() -> Double { unsafe gsl_rng_uniform_pos(generator) }

  /// A normal variate.
  public func gaussian(mean: Double = 0, deviation: Double) -> Double {
    unsafe mean + gsl_ran_gaussian_ziggurat(generator, deviation)
  }

  /// A lognormal variate: the logarithm has the given mean and standard deviation.
  public func lognormal(logMean: Double, logDeviation: Double) -> Double {
    unsafe gsl_ran_lognormal(generator, logMean, logDeviation)
  }

  /// A gamma variate with mean shape x scale.
  public func gamma(shape: Double, scale: Double) -> Double {
    unsafe gsl_ran_gamma(generator, shape, scale)
  }

  /// A beta variate with mean a / (a + b).
  public func beta(_ a: Double, _ b: Double) -> Double {
    unsafe gsl_ran_beta(generator, a, b)
  }

  /// The number of events of a Poisson law with the given mean.
  public func poisson(mean: Double) -> Int {
    unsafe Int(gsl_ran_poisson(generator, mean))
  }

  /// The number of successes in `trials` trials of probability `p`.
  public func binomial(trials: Int, p: Double) -> Int {
    unsafe Int(gsl_ran_binomial(generator, p, UInt32(trials)))
  }
}

/// Philox 4x32-10 as the library's random number generator type.
enum PhiloxForGSL {
  struct State {
    var key: PhiloxKey
    var position: UInt64 = 0
    var pending: UInt64 = 0
    var hasPending = false

    init(key: PhiloxKey) {
      self.key = key
    }

    mutating func next() -> UInt64 {
      if hasPending {
        hasPending = false
        return pending
      }
      let block = Philox.block(counter: PhiloxBlock(position, 0), key: key)
      position += 1
      pending = block.word1
      hasPending = true
      return block.word0
    }
  }

  /// The library aborts on an error unless it is told to return a status.
  static let errorsAreReturned: Bool = {
    unsafe gsl_set_error_handler_off()
    return true
  }()

  nonisolated(unsafe) static let type: UnsafePointer<gsl_rng_type> = {
    let name = UnsafeMutablePointer<CChar>.allocate(capacity: 16)
    for (i, byte) in "philox4x32-10\0".utf8.enumerated() { unsafe name[i] = CChar(byte) }
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    unsafe type.initialize(
      to: gsl_rng_type(
        name: name, max: UInt(UInt32.max), min: 0, size: MemoryLayout<State>.size,
        set: { unsafe state($0).initialize(to: State(key: PhiloxKey(UInt64($1)))) },
        get: { unsafe UInt(state($0).pointee.next() >> 32) },
        get_double: { unsafe Double(state($0).pointee.next() >> 12) * 0x1p-52 }))
    return unsafe UnsafePointer(type)
  }()

  static func state(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<State> {
    guard let raw = unsafe raw else { preconditionFailure("a generator without a state") }
    return unsafe raw.assumingMemoryBound(to: State.self)
  }
}

/// The version of the GNU Scientific Library that is loaded.
public let gslLibraryVersion: String = unsafe String(cString: kc_gsl_version())
