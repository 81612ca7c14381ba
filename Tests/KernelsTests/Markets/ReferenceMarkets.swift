import Kernels

/// Markets whose equilibrium is known in closed form, and those of August 2017, solved in exact fractions.
extension KnownMarket {
  static let reference: [KnownMarket] = [
    KnownMarket(
      "linear-identity", .linear, values: [[1, 0], [0, 1]],
      budgets: [3, 5], supplies: [1, 1], prices: [3, 5],
      allocations: [[1, 0], [0, 1]], isAllocationUnique: true),
    KnownMarket(
      "linear-1x1", .linear, values: [[2]],
      budgets: [7], supplies: [2], prices: [3.5],
      allocations: [[2]], isAllocationUnique: true),
    KnownMarket(
      "linear-one-buyer", .linear, values: [[1, 2, 3]],
      budgets: [12], supplies: [1, 1, 1], prices: [2, 4, 6],
      allocations: [[1, 1, 1]], isAllocationUnique: true),
    KnownMarket(
      "linear-one-good", .linear, values: [[4], [1], [9]],
      budgets: [1, 2, 5], supplies: [1], prices: [8],
      allocations: [[0.125], [0.25], [0.625]], isAllocationUnique: true),
    KnownMarket(
      "linear-same-utilities", .linear, values: [[1, 2, 5], [1, 2, 5]],
      budgets: [1, 3], supplies: [1, 1, 1], prices: [0.5, 1, 2.5],
      allocations: [[0.25, 0.25, 0.25], [0.75, 0.75, 0.75]], isAllocationUnique: false),
    KnownMarket(
      "linear-2x2-shared", .linear, values: [[2, 1], [1, 0]],
      budgets: [1, 1], supplies: [1, 1], prices: [1.3333333333333333, 0.6666666666666666],
      allocations: [[0.25, 1], [0.75, 0]], isAllocationUnique: true),
    KnownMarket(
      "linear-symmetric", .linear, values: [[1, 0.3], [0.3, 1]],
      budgets: [1, 1], supplies: [1, 1], prices: [1, 1],
      allocations: [[1, 0], [0, 1]], isAllocationUnique: true),
    KnownMarket(
      "linear-rich-poor", .linear, values: [[1, 0.5], [0.5, 1]],
      budgets: [9, 1], supplies: [1, 1], prices: [6.666666666666667, 3.3333333333333335],
      allocations: [[1, 0.7], [0, 0.3]], isAllocationUnique: true),
    KnownMarket(
      "linear-unwanted-good", .linear, values: [[1, 0, 0], [0, 1, 0]],
      budgets: [2, 2], supplies: [1, 1, 1], prices: [2, 2, 0],
      allocations: [[1, 0, 0], [0, 1, 0]], isAllocationUnique: false),
    KnownMarket(
      "linear-wants-nothing", .linear, values: [[1, 1], [0, 0]],
      budgets: [2, 3], supplies: [1, 1], prices: [1, 1],
      allocations: [[1, 1], [0, 0]], isAllocationUnique: true),
    KnownMarket(
      "linear-range-budgets", .linear, values: [[1, 0], [1, 1]],
      budgets: [1e-12, 1000000000000], supplies: [1, 1], prices: [500000000000, 500000000000],
      allocations: [[2e-24, 0], [1, 1]], isAllocationUnique: true),
    KnownMarket(
      "linear-supplies", .linear, values: [[3, 1], [1, 2]],
      budgets: [6, 4], supplies: [3, 2], prices: [2, 2],
      allocations: [[3, 0], [0, 2]], isAllocationUnique: true),
    KnownMarket(
      "cobb-douglas-3x3", .cobbDouglas, values: [[0.5, 0.5, 0], [0.2, 0.3, 0.5], [0, 0, 1]],
      budgets: [10, 20, 5], supplies: [1, 1, 1], prices: [9, 11, 15],
      allocations: [
        [0.5555555555555556, 0.45454545454545453, 0],
        [0.4444444444444444, 0.5454545454545454, 0.6666666666666666], [0, 0, 0.3333333333333333],
      ], isAllocationUnique: true),
    KnownMarket(
      "leontief-one-buyer-slack", .leontief, values: [[1, 2]],
      budgets: [6], supplies: [1, 1], prices: [0, 6],
      allocations: [[0.5, 1]], isAllocationUnique: false),
    KnownMarket(
      "leontief-symmetric", .leontief, values: [[1, 2], [2, 1]],
      budgets: [1, 1], supplies: [1, 1], prices: [1, 1],
      allocations: [
        [0.3333333333333333, 0.6666666666666666], [0.6666666666666666, 0.3333333333333333],
      ], isAllocationUnique: true),
    KnownMarket(
      "leontief-interior", .leontief, values: [[1, 2], [2, 1]],
      budgets: [1, 1.5], supplies: [1, 1], prices: [2, 0.5],
      allocations: [
        [0.3333333333333333, 0.6666666666666666], [0.6666666666666666, 0.3333333333333333],
      ], isAllocationUnique: true),
    KnownMarket(
      "ces-one-buyer", .ces(rho: 0.5), values: [[1, 3]],
      budgets: [4], supplies: [1, 1], prices: [1, 3],
      allocations: [[1, 1]], isAllocationUnique: true),
    KnownMarket(
      "ces-symmetric", .ces(rho: 0.5), values: [[1, 2], [2, 1]],
      budgets: [1, 1], supplies: [1, 1], prices: [1, 1],
      allocations: [[0.2, 0.8], [0.8, 0.2]], isAllocationUnique: true),
    KnownMarket(
      "quasilinear-one", .quasilinear, values: [[3]],
      budgets: [10], supplies: [1], prices: [3],
      allocations: [[1]], isAllocationUnique: true),
    KnownMarket(
      "quasilinear-two-buyers", .quasilinear, values: [[3], [5]],
      budgets: [10, 1], supplies: [1], prices: [3],
      allocations: [[0.6666666666666666], [0.3333333333333333]], isAllocationUnique: true),
    KnownMarket(
      "2017-08-21", .linear,
      values: [
        [9.81471461126, 7.96221948118, 9.58615830791],
        [4.11738618411, 7.57686674662, 9.05748878058],
        [2.64017851687, 4.77344776227, 6.78488255232],
      ],
      budgets: [10355.741342, 19225.7185186, 13618.6211879], supplies: [1, 1, 1],
      prices: [10355.741342, 14960.434441235004, 17883.905265264995],
      allocations: [[1, 0, 0], [0, 1, 0.2384984718997165], [0, 0, 0.7615015281002835]],
      isAllocationUnique: true),
    KnownMarket(
      "2017-08-30", .linear,
      values: [
        [
          7.5397793843, 8.20805821731, 0.473450468304, 1.39927805494, 3.97644836439, 2.8147549335,
          8.26005206814, 1.14243240598, 0.293397286245, 6.396507847,
        ],
        [
          5.07188003429, 0.401174415532, 1.73511944729, 8.63173219359, 6.01170526947, 3.20346248556,
          9.49910474514, 0.879655542905, 2.38582529619, 1.65043985246,
        ],
        [
          0.514805789384, 2.88258206442, 8.22698545086, 8.72299324507, 8.9979878571, 7.85954624187,
          8.66561789872, 8.14013889563, 5.5486824088, 5.73457322407,
        ],
        [
          1.18590724162, 1.03055795934, 2.59461848387, 4.22615957774, 7.84966482901, 7.39102325018,
          2.92246632607, 0.264983188118, 1.95308429407, 1.68267374904,
        ],
        [
          3.26658678379, 0.17900150549, 8.05872224635, 3.73209808778, 0.352004553456, 3.90474040714,
          7.93385414451, 1.72302047898, 1.81313014165, 5.06841540877,
        ],
        [
          0.656034037812, 6.48043983186, 2.65675725149, 9.54045947947, 6.47795944668,
          0.0647105740642, 9.50908329651, 7.82354993153, 1.72534769624, 9.58329083229,
        ],
        [
          5.04104805695, 6.04928879759, 5.31872865526, 0.764148030962, 4.84180415035, 8.03150183785,
          4.87504636641, 2.55372763949, 8.85286858806, 9.25750055144,
        ],
        [
          2.63623258117, 9.03834712372, 0.0675397823484, 1.66347102247, 1.94490142367,
          5.38496743959, 4.27961676298, 7.59095804766, 0.806131602302, 9.43442174954,
        ],
        [
          4.03365063244, 7.94840600213, 3.82284950967, 5.69034156376, 2.2017571892, 8.66489435624,
          8.86130564159, 5.05884375015, 7.81668936676, 4.64933272686,
        ],
        [
          1.17230813903, 4.32243511964, 8.33354037531, 6.54075685703, 8.88498561696, 3.99571026797,
          1.15113863049, 5.68471784896, 4.07837044465, 8.35635840092,
        ],
      ],
      budgets: [
        5343.564125, 18562.564231, 262.821954267, 543.901962329, 14109.2303207, 6601.49870556,
        2071.34173746, 5422.53751913, 18834.5170027, 18920.904305,
      ], supplies: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      prices: [
        5869.149575788934, 8548.12231922321, 11165.311838316024, 9988.589438201161,
        9896.930087131326, 9318.670538525284, 10992.307824393882, 7179.237201589435,
        8406.467513175612, 9308.095526801131,
      ],
      allocations: [
        [0.910449470744953, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0.08955052925504704, 0, 0, 1, 0, 0, 0.7321837661923096, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0.036608618281732355, 0, 0],
        [0, 0, 0, 0, 0.028708024249043795, 0.02787743727203967, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 0, 0.2678162338076904, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0.9195264789549609, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0.2463985894447992, 0],
        [0, 0.5975137915237165, 0, 0, 0, 0, 0, 0.04386490276330673, 0, 0],
        [0, 0.4024862084762835, 0, 0, 0, 0.9721225627279604, 0, 0, 0.7536014105552008, 0],
        [0, 0, 0, 0, 0.9712919757509562, 0, 0, 0, 0, 1],
      ], isAllocationUnique: true),
  ]
}
