#include "parser/arena.h"

#include <bit>
#include <cstddef>
#include <memory>
#include <new>

namespace qanat::parser {

namespace {

/// Sizes that are kept apart: multiples of 16 bytes up to 1 KiB, then powers of two.
constexpr std::size_t kStep = 16;
constexpr std::size_t kSmall = 1024;
constexpr std::size_t kSmallClasses = kSmall / kStep;

constexpr std::size_t kBlockSize = std::size_t{64} * 1024;
constexpr std::size_t kLarge = kBlockSize / 4;  // from here a piece has its own block: less is wasted

std::size_t class_of(std::size_t size) {
  if (size <= kSmall) return (size + kStep - 1) / kStep - 1;
  return kSmallClasses + static_cast<std::size_t>(std::bit_width(size - 1)) - 11;
}

std::size_t size_of(std::size_t size_class) {
  if (size_class < kSmallClasses) return (size_class + 1) * kStep;
  return kSmall << (size_class - kSmallClasses + 1);
}

auto make_block(std::size_t size) {
  return std::make_unique_for_overwrite<std::byte[]>(size);  // NOLINT(modernize-avoid-c-arrays)
}

}  // namespace

void* Arena::allocate(std::size_t bytes) {
  if (bytes > limit_) return nullptr;
  const std::size_t size_class = class_of(bytes + sizeof(Header));
  if (Free* const piece = free_[size_class]) {
    free_[size_class] = piece->next;
    return piece;
  }
  void* const place = carve(size_of(size_class));
  if (place == nullptr) return nullptr;
  return new (place) Header{size_class} + 1;
}

void Arena::release(void* piece) noexcept {
  if (piece == nullptr) return;
  const std::size_t size_class = (static_cast<Header*>(piece) - 1)->size_class;
  free_[size_class] = new (piece) Free{free_[size_class]};
}

void Arena::start(std::size_t limit) {
  constexpr std::size_t kKept = 64;  // 4 MiB: Telegram's own pages need less
  if (blocks_.size() > kKept) blocks_.resize(kKept);
  blocks_used_ = 0;
  large_.clear();
  free_.fill(nullptr);
  next_ = nullptr;
  left_ = 0;
  used_ = 0;
  limit_ = limit;
}

void* Arena::carve(std::size_t size) {
  if (size > kLarge) {
    if (!take(size)) return nullptr;
    large_.push_back(make_block(size));
    return large_.back().get();
  }
  if (size > left_) {
    next_ = next_block();
    left_ = next_ == nullptr ? 0 : kBlockSize;
    if (next_ == nullptr) return nullptr;
  }
  std::byte* const place = next_;
  next_ += size;
  left_ -= size;
  return place;
}

std::byte* Arena::next_block() {
  if (!take(kBlockSize)) return nullptr;
  if (blocks_used_ == blocks_.size()) blocks_.push_back(make_block(kBlockSize));
  return blocks_[blocks_used_++].get();
}

bool Arena::take(std::size_t size) {
  if (size > limit_ - used_) return false;
  used_ += size;
  return true;
}

}  // namespace qanat::parser
