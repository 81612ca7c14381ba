/// The numbers of a ``SolverColumn`` by index, at the speed of a pointer.
///
/// Indices are checked in debug builds only: they come from a validated market. A view must not
/// outlive its column; each is a local name in a method of the
/// column's owner, or a member of a helper that lives no longer than such a method.
@safe
struct ColumnView<Element: BitwiseCopyable> {
  private let storage: UnsafeMutableBufferPointer<Element>

  init(_ storage: UnsafeMutableBufferPointer<Element>) {
    unsafe self.storage = storage
  }

  var count: Int { unsafe storage.count }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return unsafe storage.baseAddress.unsafelyUnwrapped[index]
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count)
      yield unsafe &storage.baseAddress.unsafelyUnwrapped[index]
    }
  }

  subscript(index: Int32) -> Element {
    @inline(__always) get { self[Int(index)] }
    @inline(__always) nonmutating _modify { yield &self[Int(index)] }
  }

  func fill(_ value: Element) {
    unsafe storage.update(repeating: value)
  }

  func copy(_ other: Self) {
    assert(count == other.count)
    unsafe storage.baseAddress.unsafelyUnwrapped.update(
      from: other.storage.baseAddress.unsafelyUnwrapped, count: count)
  }

  func array(count: Int) -> [Element] {
    unsafe Array(storage[0..<count])
  }
}
