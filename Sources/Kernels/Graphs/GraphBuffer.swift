/// A fixed block of memory that an inner loop reads and writes in place.
///
/// Unlike an array it is never copied, retained or tested for uniqueness. Indices are checked, so
/// its use is safe: the check costs a maximum flow up to about a tenth of its time.
@safe
struct GraphBuffer<Element: BitwiseCopyable>: ~Copyable {
  private let storage: UnsafeMutableBufferPointer<Element>

  init(repeating value: Element, count: Int) {
    unsafe storage = .allocate(capacity: count)
    unsafe storage.initialize(repeating: value)
  }

  init(_ values: [Element]) {
    unsafe storage = .allocate(capacity: values.count)
    _ = unsafe storage.initialize(fromContentsOf: values)
  }

  deinit { unsafe storage.deallocate() }

  var count: Int { unsafe storage.count }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      return unsafe storage[index]
    }
    @inline(__always) nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      unsafe storage[index] = newValue
    }
  }

  subscript(index: Int32) -> Element {
    @inline(__always) get { self[Int(index)] }
    @inline(__always) nonmutating set { self[Int(index)] = newValue }
  }
}
