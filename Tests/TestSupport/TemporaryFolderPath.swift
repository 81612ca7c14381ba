import Foundation

/// Folders inside a temporary one.
public enum TemporaryFolderPath {
  public static func make(in folder: TemporaryFolder, _ name: String) throws -> String {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}
