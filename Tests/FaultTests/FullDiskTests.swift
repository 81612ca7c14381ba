import Foundation
import TestSupport
import Testing

/// A file system in memory, too small for the run, in a mount name space of its own.
@Suite("A full disk", .enabled(if: Sandbox.mounting != nil, "\(Sandbox.needs)"))
struct FullDiskTests {
  /// `$1` program, `$2` manifest, `$3` outputs, `$4` KiB that are free, `$5` where the results go.
  private static let script = """
    mkdir "$3" && mount -t tmpfs -o size=8192k none "$3" || exit 99
    dd if=/dev/zero of="$3/filling" bs=1024 count=$((8192 - $4)) 2>/dev/null
    "$1" run "$2" --out "$3" >&2; echo $?
    rm "$3/filling"
    "$1" run "$2" --out "$3" --json >/dev/null; echo $?
    "$1" verify --out "$3" >&2; echo $?
    cp -R "$3" "$5"
    """

  @Test func `ends the run with its reason, and room completes it`() throws {
    var random = Replay.random("full disk")
    for _ in 0..<Replay.count(6, soak: 100) {
      let kilobytes = 4 * Int.random(in: 10...110, using: &random)
      try Scene.use(.pair) { scene in
        let words: Comment = "\(kilobytes) KiB; \(Replay.command("FullDiskTests"))"
        let small = scene.folder.path + "/small"
        let result = try Sandbox.start(
          Sandbox.mounting, Self.script,
          [Program.executable, "pair.yaml", small, String(kilobytes), scene.out],
          in: scene.folder.path
        ).wait()
        let codes = result.output.split(separator: "\n")
        try #require(codes.count == 3, "\(result.errors)\(words)")
        #expect(codes[0] == "0" || codes[0] == "70", "\(result.errors)\(words)")
        #expect(codes[0] == "0" || result.errors.contains("No space left on device"), words)
        #expect(codes[1...] == ["0", "0"], "\(result.errors)\(words)")
        try scene.expectSound(words)
      }
    }
  }
}
