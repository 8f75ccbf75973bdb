package org.lossbook.engine;

/** What a normalization divides the numbers of a group by; x is one of them. */
public enum NormalizedBy {
  /** (x − mean) / √(variance + ε): layer normalization. */
  DEVIATION,
  /** x / √(variance + ε), without subtracting the mean. */
  DEVIATION_ALONE,
  /** x / √(mean of the squares + ε): the root mean square. */
  MEAN_SQUARE,
  /** x / √(sum of the squares): the Euclidean norm; one below ε counts as ε, zeros stay zeros. */
  LENGTH
}
