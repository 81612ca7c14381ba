internal import CHDF5

/// What all variables and attributes of a file are described with: objects of the library, made once a
/// file and not once a variable.
final class SharedHandles {
  /// Texts of any length in UTF-8.
  let text: HDF5Handle
  /// The space of a single value.
  let scalar: HDF5Handle
  /// How a variable without dimensions is created.
  let creation: HDF5Handle
  /// How a variable is written: without the library's cache of chunks.
  ///
  /// Chunks come whole, and would only wait there for the file to be closed, a megabyte for each variable.
  let access: HDF5Handle
  /// How texts are converted.
  let transfer: HDF5Handle

  /// `path`: the file, for errors.
  init(for path: String) throws(HDF5Error) {
    text = try HDF5Handle.textType(on: path)
    scalar = try HDF5Handle.space([], on: path)
    creation = try Self.creation(on: path)
    let access = try HDF5Handle.properties(kc_h5_dataset_access(), on: path)
    try hdf5("H5Pset_chunk_cache", on: path) { H5Pset_chunk_cache(access.id, 0, 0, 1) }
    self.access = access
    transfer = try HDF5Handle.textTransfer(on: path)
  }

  /// Times of objects are not tracked, or two equal runs would differ; the order of attributes is, or
  /// netCDF-4 refuses the file.
  static func creation(on object: String) throws(HDF5Error) -> HDF5Handle {
    let properties = try HDF5Handle.properties(kc_h5_dataset_create(), on: object)
    try hdf5("H5Pset_obj_track_times", on: object) {
      H5Pset_obj_track_times(properties.id, false)
    }
    try hdf5("H5Pset_attr_creation_order", on: object) {
      H5Pset_attr_creation_order(properties.id, kc_h5_creation_order())
    }
    return properties
  }
}
