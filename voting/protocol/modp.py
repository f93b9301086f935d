"""The subgroup of order q of the integers modulo p, group BELENIOS-2048.

An element is an mpz between 1 and p-1; its text is decimal.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from gmpy2 import invert, mpz, powmod, powmod_sec

from voting.errors import RefusalError

_P = int(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922"
    "23725449768433812906663313807895840496005438963628979639303877390572280360597374942767"
    "13767776188985898727358650490811670993105358677809800307904916540637771737641986785272"
    "73474476341835600035698305193144284561701911000786737307333564123971732897913240474578"
    "83446826065232797464795113767265869358218004631792207366886005262718636338608879688212"
    "07694323661494910029234443463732221458841005864210502421203654335612013204811188524087"
    "31077014151666200162313177169372189248078507711827842317498073276598828825169183103125"
    "680162072880719"
)
_Q = int("78571733251071885079927659812671450121821421258408794611510081919805623223441")
_G = int(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532193202"
    "85676155269678799694668298749389095083896573425601900601068477164491735474137283104610"
    "45868131451178164675540052740288984613986453266121505579709716201616827031288643245666"
    "38348636357821061549184199825343151897406581868686511513585764101388822153960160432288"
    "43603930989333662772848406593138406010231675095763777982665103606822406635076697764025"
    "34625377308513317349519424896775405257365904949247763147599157519877517771148149092045"
    "66002054781270547282381409725186398583341157005683536955534237814755824918960502966800"
    "37745308460627"
)

# Tables have one row for each digit of an exponent, 37 times 7 bits.
_BITS = 7
_DIGITS = 37


class Belenios2048:
    """Group `BELENIOS-2048`, see `voting.protocol.group.Group`."""

    name = "BELENIOS-2048"
    q = _Q
    g = mpz(_G)
    identity = mpz(1)
    pattern = re.compile(r"0|[1-9][0-9]{0,616}", re.ASCII)
    _p = mpz(_P)

    def parse(self, text: str) -> mpz:
        if not self.pattern.fullmatch(text):
            raise RefusalError("json.canonical")
        element = mpz(text)
        if not 0 < element < self._p or powmod(element, _Q, self._p) != 1:
            raise RefusalError("group.element")
        return element

    # Powers modulo p test nothing, so nothing is left to them.
    parse_base = parse

    def text(self, element: mpz) -> str:
        return str(element)

    def mul(self, a: mpz, b: mpz) -> mpz:
        return a * b % self._p

    def invert(self, a: mpz) -> mpz:
        return invert(a, self._p)

    def power(self, base: mpz, n: int) -> mpz:
        return powmod(base, n % _Q, self._p)

    def power_g(self, n: int) -> mpz:
        return _powers(self.g)(n % _Q)

    def powers(self, base: mpz) -> Callable[[int], mpz]:
        return _powers(base)

    def power_secret(self, base: mpz, n: int) -> mpz:
        # powmod_sec wants an exponent above zero; q stands for the same power.
        return powmod_sec(base, n % _Q or _Q, self._p)

    def power_g_secret(self, n: int) -> mpz:
        return self.power_secret(self.g, n)


class _Powers:
    """The function n -> base^n of one member, from a table: for public exponents only."""

    def __init__(self, base: mpz) -> None:
        self._p = mpz(_P)
        self._rows = []
        for _ in range(_DIGITS):
            row = [mpz(1)]
            while len(row) < 1 << _BITS:
                row.append(row[-1] * base % self._p)
            base = row[-1] * base % self._p
            self._rows.append(row)

    def __call__(self, n: int) -> mpz:
        """Return base^n for n from 0 to q-1."""
        p, mask = self._p, (1 << _BITS) - 1
        power = mpz(1)
        for row in self._rows:
            power = power * row[n & mask] % p
            n >>= _BITS
        return power


_powers = lru_cache(maxsize=8)(_Powers)

BELENIOS_2048 = Belenios2048()
