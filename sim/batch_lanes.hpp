#pragma once

#include <bit>
#include <cstring>
#include <utility>

#include "sim/batch.hpp"
#include "sim/logarithm.hpp"
#include "sim/philox.hpp"

namespace sixslots::sim {

/// The arithmetic of a batch in lanes of these types. A source that is compiled for a processor of
/// its own uses types of its own too, so that its functions are no other's.
template <class Words, class Reals>
struct BatchInLanes {
  static constexpr std::size_t lanes = sizeof(Words) / sizeof(std::uint64_t);

  static void encrypt(const BlockName& first, NumberBatch& numbers) {
    encrypt(first, numbers, std::make_index_sequence<blocks / lanes>());
  }

  static void exponential(double mean, const NumberBatch& numbers, VariateBatch& variates) {
    static_assert(sizeof(Duration) == sizeof(std::uint64_t));
    for (std::size_t i = 0; i < batch_size; i += lanes) {
      Words bits;
      std::memcpy(&bits, &numbers[i], sizeof bits);
      const Words rounded = half_up(exponential(mean, bits));
      void* place = &variates[i];  // durations are integers
      std::memcpy(place, &rounded, sizeof rounded);
    }
  }

 private:
  static constexpr std::size_t blocks = batch_size / 2;

  template <std::size_t... I>
  static void encrypt(const BlockName& first, NumberBatch& numbers,
                      std::index_sequence<I...> /*lanes*/) {
    Philox<Words, sizeof...(I)> philox;
    philox.first = {(counting() + (first.counter[0] + I * lanes))...};
    philox.second.fill(Words{} + first.counter[1]);
    philox.third.fill(Words{} + first.counter[2]);
    philox.fourth.fill(Words{} + first.counter[3]);
    philox.encrypt(first.key);
    const std::array<Words, sizeof...(I)> lower{philox.lower(I)...};
    const std::array<Words, sizeof...(I)> upper{philox.upper(I)...};
    std::array<std::uint64_t, blocks> even;
    std::array<std::uint64_t, blocks> odd;
    std::memcpy(&even, &lower, sizeof even);
    std::memcpy(&odd, &upper, sizeof odd);
    for (std::size_t block = 0; block < blocks; ++block) {
      numbers[2 * block] = even[block];
      numbers[2 * block + 1] = odd[block];
    }
  }

  /// 0, 1, 2 ... in the lanes.
  static Words counting() {
    static constexpr std::array<std::uint64_t, 4> numbers{0, 1, 2, 3};
    Words words;
    std::memcpy(&words, numbers.data(), sizeof words);
    return words;
  }

  // The bits of carrier + n, for an integer n of less than 52 bits, end with those of n.
  static constexpr double carrier = 0x1p52;
  static constexpr auto carrier_bits = std::bit_cast<std::uint64_t>(carrier);

  static Reals exponential(double mean, Words bits) {
    constexpr double upper_carrier = 0x1p84;  // for n * 2^32
    const Words cell = bits >> 11;
    const auto lower = std::bit_cast<Reals>((cell & 0xffffffff) | carrier_bits);
    const auto upper =
        std::bit_cast<Reals>((cell >> 32) | std::bit_cast<std::uint64_t>(upper_carrier));
    const Reals whole = (upper - (upper_carrier + carrier)) + lower;
    const Reals middle = whole + 0.5;
    const Reals high = middle * 0x1p-53;
    const Reals low = (0.5 - (middle - whole)) * 0x1p-53;
    return -mean * (log_of(reduce<Words>(high)) + low / high);
  }

  /// The nearest integers of 0 <= x < 2^51; adding the carrier rounds halves to even.
  static Words half_up(Reals x) {
    const Reals carried = x + carrier;
    const Reals rest = x - (carried - carrier);
    const auto one_where_up = std::bit_cast<Words>(rest >= 0.5);  // all bits: -1
    return std::bit_cast<Words>(carried) - carrier_bits - one_where_up;
  }
};

}  // namespace sixslots::sim
