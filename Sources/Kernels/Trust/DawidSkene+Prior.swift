extension DawidSkene {
  /// What is believed of a worker before his answers are seen.
  ///
  /// A pooled prior draws each confusion matrix towards that of all workers together:
  ///
  ///     pool = rows of (sum over workers of the expected counts + onDiagonal or offDiagonal)
  ///     confusion = rows of (the worker's expected counts + strength x pool)
  ///     class prior ~ expected number of tasks in the class + classPseudocount
  ///
  /// So a worker with few answers counts as an average one, not as an oracle or a liar.
  public struct Prior: Sendable, Equatable {
    public var onDiagonal: Double
    public var offDiagonal: Double
    public var strength: Double
    public var classPseudocount: Double

    public init(
      onDiagonal: Double, offDiagonal: Double, strength: Double, classPseudocount: Double
    ) {
      self.onDiagonal = onDiagonal
      self.offDiagonal = offDiagonal
      self.strength = strength
      self.classPseudocount = classPseudocount
    }

    /// Maximum likelihood: expected counts alone.
    public static let none = Prior(
      onDiagonal: 0, offDiagonal: 0, strength: 0, classPseudocount: 0)

    /// The pool of all workers, worth five answers in each class.
    public static let pooled = Prior(
      onDiagonal: 2, offDiagonal: 1, strength: 5, classPseudocount: 1)
  }
}
