"""Pays for the traffic in coins with hash chains, and counts all the money at the end."""

import hashlib
import struct

import numpy as np

from draws import Stream, permuted, philox
from stage import arguments, load, save

MINT = -1
pack = struct.Struct(">QQQqqq").pack


class Coin:
    """A coin with its money trail: entries of (seq, from, to, time, link)."""

    __slots__ = ("number", "rank", "value", "high", "low", "holder", "trail")

    def __init__(self, number, rank, value, high, low, holder):
        self.number, self.rank, self.value, self.high, self.low = number, rank, value, high, low
        self.holder, self.trail = MINT, []
        self.move(holder, 0)

    @property
    def seq(self):
        return len(self.trail) - 1

    def link(self, before, seq, giver, taker, time):
        return hashlib.sha256(before + pack(self.high, self.low, seq, giver, taker, time)).digest()

    def origin(self):
        """What stands before the first link."""
        return bytes(24) + self.value.to_bytes(8, "big")

    def move(self, taker, time):
        before = self.trail[-1][4] if self.trail else self.origin()
        seq = len(self.trail)
        self.trail.append((seq, self.holder, taker, time, self.link(before, seq, self.holder, taker, time)))
        self.holder = taker

    def is_intact(self):
        before, giver = self.origin(), MINT
        for number, (seq, source, taker, time, link) in enumerate(self.trail):
            if seq != number or source != giver or self.link(before, seq, source, taker, time) != link:
                return False
            before, giver = link, taker
        return giver == self.holder


class Ledger:
    def __init__(self, p, budgets, nodes):
        self.denominations = sorted(p.denominations)
        self.ranks = range(len(self.denominations))
        self.clients = len(budgets)
        self.purses = [[[] for _ in self.ranks] for _ in range(self.clients + nodes)]
        self.coins = []
        self.mint(p, budgets)

    def mint(self, p, budgets):
        purses = [self.split(budget, p.small_share) for budget in budgets]
        count = sum(map(sum, purses))
        serial = np.arange(1, count + 1, dtype=np.uint64)
        random = philox(serial, 0, Stream(p.seed, "ledger.mint").key)[0] & np.uint64(0xFFFFFFFF)
        high = (np.uint64(7 << 12) | serial >> np.uint64(30)).tolist()
        low = (np.uint64(2 << 62) | (serial & np.uint64(0x3FFFFFFF)) << np.uint64(32) | random).tolist()
        for client, counts in enumerate(purses):
            for rank, coins in enumerate(counts):
                for _ in range(coins):
                    number = len(self.coins)
                    coin = Coin(number, rank, self.denominations[rank], high[number], low[number], client)
                    self.coins.append(coin)
                    self.purses[client][rank].append(coin)

    def split(self, budget, small_share):
        """How many coins of each denomination: some small ones, the rest greedily."""
        counts, rest = [0 for _ in self.ranks], budget
        for rank, value in enumerate(self.denominations[:-1]):
            counts[rank] = min(-int(-small_share * budget / value // 1), rest // value)
            rest -= counts[rank] * value
        for rank in reversed(self.ranks):
            more, rest = divmod(rest, self.denominations[rank])
            counts[rank] += more
        return counts

    def pay(self, amount, payer, payee, time):
        """Largest coins first, never more than the amount; returns them and what is left."""
        moved = []
        for rank in reversed(self.ranks):
            value, purse = self.denominations[rank], self.purses[payer][rank]
            while amount >= value and purse:
                coin = purse.pop()
                coin.move(payee, time)
                self.purses[payee][rank].append(coin)
                moved.append(coin)
                amount -= value
        return moved, amount

    def larger_coin(self, owed, client, node):
        """The smallest coin above what is owed for which the node has the change."""
        for rank, value in enumerate(self.denominations):
            if value > owed and self.purses[client][rank] and self.can_pay(value - owed, node):
                return value
        return None

    def can_pay(self, amount, account):
        for rank in reversed(self.ranks):
            value = self.denominations[rank]
            amount -= min(amount // value, len(self.purses[account][rank])) * value
        return amount == 0

    def settle(self, charge, client, node, time):
        """Returns the claims that were true before, the number of moves, and what stays unpaid."""
        moved, unpaid = self.pay(charge, client, node, time)
        spent = [(coin, coin.seq - 1) for coin in moved]
        moves = len(moved)
        if unpaid and (value := self.larger_coin(unpaid, client, node)):
            large, _ = self.pay(value, client, node, time)
            spent += [(coin, coin.seq - 1) for coin in large]
            change, _ = self.pay(value - unpaid, node, client, time)
            moves, unpaid = len(spent) + len(change), 0
        return spent, moves, unpaid

    def claim(self, coin, holder, seq, taker, time):
        """Moves a coin if the claim on it is true; a spent one is refused."""
        if coin.holder != holder or coin.seq != seq:
            return False
        self.purses[holder][coin.rank].remove(coin)
        coin.move(taker, time)
        self.purses[taker][coin.rank].append(coin)
        return True

    def retire(self, p, time):
        """Nodes return a share of their coins to the mint, which destroys them."""
        held = [coin for purse in self.purses[self.clients:] for coins in purse for coin in reversed(coins)]
        count = round(p.retire_share * len(held))
        image = permuted(np.arange(len(held)), len(held), Stream(p.seed, "ledger.retire").key)
        for coin in (coin for coin, place in zip(held, image) if place < count):
            self.purses[coin.holder][coin.rank].remove(coin)
            coin.move(MINT, time)

    def balances(self):
        return [sum(len(coins) * value for coins, value in zip(purse, self.denominations))
                for purse in self.purses]


def orders(events):
    """What is charged, in the order of service: message, time (ns), client, node, charge."""
    message = np.flatnonzero((events.price_charged > 0) & ~np.isnan(events.served_time))
    time = np.floor(events.served_time[message] * 1e6 + 0.5).astype(np.int64)
    order = np.lexsort((message, time))
    message, time = message[order], time[order]
    return (message, time * 1000, events.message_client[message], events.message_node[message],
            events.price_charged[message])


def main():
    p, (traffic, population, output, edges) = arguments()
    events, cloud = load(traffic), load(population)
    clients, nodes = int(events.client_count), int(events.node_count)
    ledger = Ledger(p, cloud.client_budget.tolist(), nodes)
    opening = ledger.balances()
    message, time, client, node, charge = orders(events)
    stream = Stream(p.seed, "ledger.double_spend")
    (cheats, which), step = stream.units(message), stream.units(message, 1)[0]
    other = (node + 1 + (step * (nodes - 1)).astype(int)) % nodes
    tried = refused = 0
    coins_moved, unpaid = [], []
    for when, payer, payee, owed, draw, pick, taker in zip(*(
            column.tolist() for column in (time, client, node, charge, cheats, which, other))):
        spent, moves, rest = ledger.settle(owed, payer, clients + payee, when)
        coins_moved.append(moves)
        unpaid.append(rest)
        if spent and draw < p.double_spend_rate:
            coin, seq = spent[int(pick * len(spent))]
            tried += 1
            refused += not ledger.claim(coin, payer, seq, clients + taker, when)
    ledger.retire(p, int(time[-1]))
    unpaid = np.array(unpaid)
    paid = charge - unpaid
    broken = sum(not coin.is_intact() for coin in ledger.coins)
    holder = np.array([coin.holder for coin in ledger.coins])
    value = np.array([coin.value for coin in ledger.coins])
    goods = (cloud.service_value[events.message_service[message]] * events.quality[message]).sum()
    closing = ledger.balances()
    save(
        output, payment_time=time / 1e9, payment_payer=client, payment_payee=clients + node,
        payment_amount=paid, payment_coins=coins_moved, payment_unpaid=unpaid, payment_message=message,
        account_opening=opening, account_closing=closing, coin_denomination=value,
        coin_moves=[coin.seq for coin in ledger.coins], coin_holder=holder, payments=len(message),
        payments_incomplete=(unpaid > 0).sum(), paid_total=paid.sum(), unpaid_total=unpaid.sum(),
        velocity=paid.sum() / value.sum(), goods_value_total=goods, price_level=charge.sum() / goods,
        double_spends_tried=tried, double_spends_refused=refused,
        trails_verified=len(ledger.coins) - broken, trails_broken=broken,
        minted_value=value.sum(), held_value=value[holder >= 0].sum(), reaped_value=value[holder < 0].sum(),
        conservation_difference=sum(opening) - sum(closing) - value[holder < 0].sum())
    save(edges, edge_payer=client, edge_payee=clients + node, edge_amount=paid, account_count=clients + nodes)


main()
