import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

/// What every stage of the catalog must keep, without knowing any of them.
@Suite("Every stage")
struct ConformanceTests {
  static let names = stageCatalog.stages.map(\.name)

  private func stage(_ name: String) throws -> StageDescription {
    try #require(stageCatalog[name])
  }

  @Test("documents its parameters in snake_case with unit and summary", arguments: names)
  func parameters(name: String) throws {
    for field in try stage(name).parameterFields {
      #expect(TextRule.name.admits(field.name), "\(field.name)")
      #expect(field.summary.hasSuffix("."), "\(field.name): \(field.summary)")
      #expect(field.standard != nil, "\(field.name) has no default")
    }
    let keys = try stage(name).parameterFields.map(\.name)
    #expect(Set(keys).count == keys.count)
  }

  @Test("documents its variables with unit and long name", arguments: names)
  func variables(name: String) throws {
    for port in try stage(name).outputs {
      for variable in port.schema.variables {
        #expect(TextRule.name.admits(variable.name), "\(variable.name)")
        #expect(!variable.longName.isEmpty)
        let needsUnit = variable.flags.isEmpty && variable.type != .text
        #expect(needsUnit == !variable.unit.isEmpty, "\(variable.name): unit '\(variable.unit)'")
        #expect(variable.flags.allSatisfy { !$0.contains(" ") })
      }
      let names = port.schema.variables.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }

  @Test("accepts its own defaults in a manifest and refuses an unknown key", arguments: names)
  func manifest(name: String) throws {
    let stage = try stage(name)
    let members = stage.defaults.members.sorted { $0.key < $1.key }
    let defaults = members.map { "\($0.key): \($0.value.canonicalJSON)" }.joined(separator: ", ")
    for (text, isValid) in [("{\(defaults)}", true), ("{no_such_key: 1}", false)] {
      let folder = try TemporaryFolder()
      let path = try folder.write(
        "kcpipe: 1\nexperiment: {name: a}\nstages: {x: {uses: \(name), with: \(text)}}\n",
        to: "a.yaml")
      // Inputs, and what only the user can know, are not there.
      let messages = diagnostics(path).filter {
        !$0.contains("needs the input") && !$0.contains(": give ")
      }
      #expect(messages.isEmpty == isValid, "\(messages)")
    }
  }

  private func diagnostics(_ path: String) -> [String] {
    do throws(ManifestError) {
      _ = try Planner(catalog: stageCatalog).plan(ManifestDecoder(), path: path)
      return []
    } catch {
      return error.diagnostics.map(\.rendered)
    }
  }

  @Test("has a code fingerprint of its own", arguments: names)
  func fingerprint(name: String) throws {
    let stage = try stage(name)
    #expect(stage.codeFingerprint.count == 64)
    let others = stageCatalog.stages.filter { $0.name != name }
    #expect(!others.contains { $0.codeFingerprint == stage.codeFingerprint })
  }
}
