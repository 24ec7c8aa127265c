#include "scenarios/theory/matrix.hpp"

#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace sixslots::scenarios::theory {

Matrix Matrix::identity(std::size_t n) {
  Matrix one(n, n);
  for (std::size_t i = 0; i < n; ++i) one(i, i) = 1.0;
  return one;
}

double Matrix::sum() const { return std::accumulate(values_.begin(), values_.end(), 0.0); }

double Matrix::row_sum(std::size_t row) const {
  const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(row * columns_);
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(columns_), 0.0);
}

Matrix operator+(Matrix a, const Matrix& b) {
  for (std::size_t i = 0; i < a.values_.size(); ++i) a.values_[i] += b.values_[i];
  return a;
}

Matrix operator-(Matrix a, const Matrix& b) { return std::move(a) + b * -1.0; }

Matrix operator*(Matrix a, double factor) {
  for (double& value : a.values_) value *= factor;
  return a;
}

Matrix operator*(const Matrix& a, const Matrix& b) {
  assert(a.columns() == b.rows());
  Matrix product(a.rows(), b.columns());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t k = 0; k < a.columns(); ++k) {
      for (std::size_t j = 0; j < b.columns(); ++j) product(i, j) += a(i, k) * b(k, j);
    }
  }
  return product;
}

Matrix inverse(Matrix a) {
  const std::size_t n = a.rows();
  Matrix result = Matrix::identity(n);
  const auto swap_rows = [n](Matrix& m, std::size_t one, std::size_t other) {
    for (std::size_t j = 0; j < n; ++j) std::swap(m(one, j), m(other, j));
  };
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t i = column + 1; i < n; ++i) {
      if (std::abs(a(i, column)) > std::abs(a(pivot, column))) pivot = i;
    }
    swap_rows(a, column, pivot);
    swap_rows(result, column, pivot);
    const double scale = 1.0 / a(column, column);
    for (std::size_t j = 0; j < n; ++j) {
      a(column, j) *= scale;
      result(column, j) *= scale;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double factor = a(i, column);
      if (i == column || factor == 0.0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        a(i, j) -= factor * a(column, j);
        result(i, j) -= factor * result(column, j);
      }
    }
  }
  return result;
}

}  // namespace sixslots::scenarios::theory
