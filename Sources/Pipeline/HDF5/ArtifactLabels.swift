/// Attributes of an artifact's root group: functions of the key, so that equal keys give equal bytes.
enum ArtifactLabels {
  static func make(
    key: Digest, stage: StageDescription, output: OutputPort, parameters: Value, seed: UInt64
  ) -> [(name: String, text: String)] {
    [
      ("Conventions", "CF-1.11"),
      ("title", output.schema.title),
      ("source", "kcpipe stage \(stage.name)@\(stage.revision), output \(output.name)"),
      ("history", "key \(key.hex)"),
      ("kcpipe_parameters", parameters.canonicalJSON),
      ("kcpipe_seed", stage.isRandom ? String(seed) : "none"),
    ]
  }
}
