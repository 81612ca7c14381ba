// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "kcpipe",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "kcpipe", targets: ["kcpipe"]),
    .library(name: "Kernels", targets: ["Kernels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-system.git", from: "1.5.0"),
    .package(url: "https://github.com/attaswift/BigInt.git", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle",
      providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CPerf"),
    .systemLibrary(name: "CProcessor"),

    .target(
      name: "Kernels",
      dependencies: [
        "CGSL", "CNettle", "CProcessor", .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: strict),
    .target(
      name: "Pipeline",
      dependencies: [
        "CHDF5", "CMalloc",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "Stages", dependencies: ["Kernels", "Pipeline"], swiftSettings: strict,
      plugins: ["CodeFingerprint"]),
    .target(
      name: "Benchmark", dependencies: ["CPerf", "Kernels", "Pipeline"], swiftSettings: strict),
    .executableTarget(
      name: "kcpipe",
      dependencies: [
        "Benchmark", "Pipeline", "Stages",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(name: "SourceDigest", swiftSettings: strict),
    .plugin(name: "CodeFingerprint", capability: .buildTool(), dependencies: ["SourceDigest"]),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "TestSupport"],
      exclude: ["Ledger/Rejected"], swiftSettings: strict),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StagesTests", dependencies: ["Stages", "Pipeline", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchmarkTests", dependencies: ["Benchmark", "Kernels", "Pipeline", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FaultTests", dependencies: ["TestSupport"], exclude: ["Interposer"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["kcpipe", "SourceDigest", "Pipeline", "TestSupport"],
      swiftSettings: strict),
  ]
)

// Readers under libFuzzer, for `make fuzz` alone: see scripts/fuzz.sh.
if Context.environment["KCPIPE_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", "Kernels", "Pipeline", "Stages"], path: "Tests/Fuzz",
      exclude: ["CFuzzer", "Seeds", "Words"], swiftSettings: strict),
  ]
}
