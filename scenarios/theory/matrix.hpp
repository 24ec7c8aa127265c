#pragma once

#include <cstddef>
#include <vector>

namespace sixslots::scenarios::theory {

/// A small dense matrix. (uBLAS of Boost 1.74 does not compile as C++20.)
class Matrix {
 public:
  Matrix(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns, 0.0) {}
  static Matrix identity(std::size_t n);

  [[nodiscard]] std::size_t rows() const { return columns_ == 0 ? 0 : values_.size() / columns_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  double& operator()(std::size_t row, std::size_t column) {
    return values_[row * columns_ + column];
  }
  double operator()(std::size_t row, std::size_t column) const {
    return values_[row * columns_ + column];
  }

  /// The sum of all values.
  [[nodiscard]] double sum() const;
  [[nodiscard]] double row_sum(std::size_t row) const;

  friend Matrix operator+(Matrix a, const Matrix& b);
  friend Matrix operator-(Matrix a, const Matrix& b);
  friend Matrix operator*(Matrix a, double factor);
  friend Matrix operator*(const Matrix& a, const Matrix& b);

 private:
  std::size_t columns_;
  std::vector<double> values_;
};

/// Gauss and Jordan's, with the largest pivot of a column. The matrix must have an inverse.
Matrix inverse(Matrix a);

}  // namespace sixslots::scenarios::theory
