internal import CHDF5

/// What a dataset is, without its values.
public struct DatasetOutline: Sendable, Equatable {
  public let name: String
  public let type: ElementType
  public let shape: [Int]
}

extension ArtifactReader {
  /// The datasets in the root group of a file that somebody else wrote, in order of creation or name.
  ///
  /// Numbers of any width, truth values and texts are known; groups, compounds and references are
  /// refused by name.
  public func outlines() throws(DataError) -> [DatasetOutline] {
    var outlines: [DatasetOutline] = []
    for name in try variableNames() {
      outlines.append(
        DatasetOutline(name: name, type: try elementType(of: name), shape: try shape(of: name)))
    }
    return outlines
  }

  /// Reads every dataset and digests it.
  func foreignContent() throws(DataError) -> ArtifactContent {
    let variables = try outlines().map { outline in
      VariableSchema(
        name: outline.name, type: outline.type,
        dimensions: outline.shape.indices.map { Dimension("\(outline.name)_\($0)", "") }, unit: "",
        longName: "", flags: [])
    }
    guard !variables.isEmpty else {
      throw DataError(baseName, expected: "at least one dataset in the root group", found: "none")
    }
    return try content(of: ArtifactSchema("any", "", variables)).content
  }

  private func elementType(of name: String) throws(DataError) -> ElementType {
    let found = try guarded(name) { () throws(HDF5Error) -> ElementType? in
      let set = try HDF5Handle.dataset(opening: name, in: file.handle)
      let type = try HDF5Handle("H5Dget_type", on: name, closing: H5Tclose) { H5Dget_type(set.id) }
      return Self.elementType(type.id)
    }
    guard let found else {
      throw DataError(
        baseName, at: name, expected: "numbers, truth values or texts", found: "another type")
    }
    return found
  }

  private static func elementType(_ type: hid_t) -> ElementType? {
    let width = H5Tget_size(type)
    switch H5Tget_class(type) {
    case H5T_FLOAT where width <= 8: return .float64
    case H5T_STRING: return .text
    case H5T_ENUM where width == 1: return .int8
    case H5T_INTEGER where H5Tget_sign(type) == H5T_SGN_NONE: return width == 8 ? .uint64 : .int64
    case H5T_INTEGER: return width == 1 ? .int8 : width == 4 ? .int32 : .int64
    default: return nil
    }
  }
}
