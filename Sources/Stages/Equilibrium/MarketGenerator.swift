import Kernels
import Pipeline

/// Draws a market: budgets and utilities even in (0, 1), one unit of each good.
///
/// Every draw is addressed by its buyer and good, so a larger dense market begins with the smaller
/// one, and a sparse market values a pair as the dense one does.
struct MarketGenerator {
  /// Pairs beyond which a market is refused: about 4 GB while it is solved.
  private static let pairsMax = 100_000_000

  /// The largest matrix of endowments: exchange takes many rounds.
  private static let cellsMax = 1_000_000

  private let buyers: Int
  private let goods: Int
  private let wanted: Int
  private let budgets: RandomStream
  private let utilities: RandomStream
  private let wants: RandomStream
  private let brought: RandomStream

  init(_ parameters: Equilibrium.Parameters, seed: UInt64) {
    buyers = parameters.buyers
    goods = parameters.goods
    wanted = parameters.wanted == 0 ? parameters.goods : parameters.wanted
    budgets = RandomStream(seed: seed, name: "equilibrium.budget")
    utilities = RandomStream(seed: seed, name: "equilibrium.utility")
    wants = RandomStream(seed: seed, name: "equilibrium.want")
    brought = RandomStream(seed: seed, name: "equilibrium.endowment")
  }

  static func check(_ parameters: Equilibrium.Parameters) throws(ParameterError) {
    guard parameters.wanted <= parameters.goods else {
      throw ParameterError("wanted", "there are no more than \(parameters.goods) goods")
    }
    let degree = parameters.wanted == 0 ? parameters.goods : parameters.wanted
    guard parameters.buyers <= pairsMax / degree else {
      throw ParameterError(
        "wanted",
        "\(parameters.buyers) buyers with \(degree) goods each are more than \(pairsMax) pairs")
    }
    guard parameters.money != .endowment || parameters.buyers <= cellsMax / parameters.goods else {
      throw ParameterError(
        "money", "endowments are a matrix of buyers and goods, of at most \(cellsMax) cells")
    }
  }

  func market() throws(DataError) -> FisherMarket {
    var chosen: [Int32] = []
    var values: [Double] = []
    chosen.reserveCapacity(buyers * wanted)
    values.reserveCapacity(buyers * wanted)
    for buyer in 0..<buyers {
      for good in goodsWanted(by: buyer) {
        chosen.append(Int32(good))
        values.append(utilities.block(buyer, purpose: UInt64(good)).unit0)
      }
    }
    do throws(MarketError) {
      return try FisherMarket(
        offsets: (0...buyers).map { $0 * wanted }, goods: chosen, values: values,
        budgets: (0..<buyers).map { budgets.block($0).unit0 },
        supplies: Array(repeating: 1, count: goods))
    } catch {
      throw DataError(error, in: "the drawn market")
    }
  }

  /// Units of each good that each trader brings, even in (0, 1).
  func endowments() -> [[Double]] {
    (0..<buyers).map { buyer in
      (0..<goods).map { brought.block(buyer, purpose: UInt64($0)).unit0 }
    }
  }

  /// The goods that a buyer wants, ascending.
  ///
  /// One of them is `buyer` modulo the goods, so every good is wanted as soon
  /// as there are as many buyers; the others are drawn without repetition.
  private func goodsWanted(by buyer: Int) -> [Int] {
    guard wanted < goods else { return Array(0..<goods) }
    let order = Permutation(count: goods, stream: wants.substream(UInt64(buyer)))
    let shift = buyer + goods - order.image(of: 0)
    return (0..<wanted).map { (order.image(of: $0) + shift) % goods }.sorted()
  }
}
