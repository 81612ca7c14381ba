internal import CProcessor
import Foundation

/// A growing array of plain values without checks and without reference counts, for event loops.
///
/// It begins at a cache line, at least until it grows.
@safe struct Slab<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private(set) var count: Int

  init(repeating value: Element, count: Int) {
    self.count = count
    unsafe base = Self.allocate(count)
    unsafe base.initialize(repeating: value, count: count)
  }

  init(_ values: [Element]) {
    count = values.count
    unsafe base = Self.allocate(values.count)
    for (i, value) in values.enumerated() { unsafe base.advanced(by: i).initialize(to: value) }
  }

  /// Elements that hold anything until they are written.
  init(uninitialized count: Int) {
    self.count = count
    unsafe base = Self.allocate(count)
  }

  deinit { unsafe free(base) }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    _read { yield unsafe base[index] }
    _modify { yield unsafe &base[index] }
  }

  /// Lets the processor fetch an element that is wanted soon, from its first byte to its last.
  @inline(__always)
  func prefetch(_ index: Int) {
    let address = unsafe UnsafeRawPointer(base) + index &* MemoryLayout<Element>.stride
    unsafe kc_prefetch(address)
    if MemoryLayout<Element>.stride & 63 != 0 {
      unsafe kc_prefetch(address + (MemoryLayout<Element>.stride &- 1))
    }
  }

  /// Doubles the count.
  ///
  /// The new half holds anything, takes no memory until it is written, and large
  /// slabs are not copied.
  @inline(never)
  mutating func double() {
    let larger = 2 * max(count, 1)
    guard let raw = unsafe realloc(base, larger * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory for \(larger) elements")
    }
    unsafe base = raw.bindMemory(to: Element.self, capacity: larger)
    count = larger
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    var raw: UnsafeMutableRawPointer?
    let size = max(1, count) * MemoryLayout<Element>.stride
    guard unsafe posix_memalign(&raw, 64, size) == 0, let raw = unsafe raw else {
      preconditionFailure("out of memory for \(count) elements")
    }
    return unsafe raw.bindMemory(to: Element.self, capacity: max(1, count))
  }
}
