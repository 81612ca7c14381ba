public import Pipeline

extension Assessment {
  /// There is nothing to choose: verdicts and truth are compared as they are.
  public struct Parameters: StageParameters {
    public init() {}

    public static let fields: [ParameterField<Self>] = []
  }
}
