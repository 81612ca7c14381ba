import Testing

@testable import Pipeline

@Suite("Parts of a path")
struct PathPartsTests {
  @Test(arguments: [
    ("x", "", "x"), ("/x", "/", "x"), ("a/x", "a", "x"), ("/a/b.h5", "/a", "b.h5"), ("", "", ""),
    ("a/", "a", ""), ("ä/ö", "ä", "ö"),
  ])
  func `by the last slash`(path: String, folder: String, name: String) {
    #expect(PathParts.folder(of: path) == folder)
    #expect(PathParts.name(of: path) == name)
  }
}
