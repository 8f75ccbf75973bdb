package org.lossbook.engine;

/** A function of a sample's numbers that is computed sample by sample and allocates nothing. */
@FunctionalInterface
public interface SampleFunction {
  /** Writes the output of a sample. */
  void compute(float[] sample, float[] into);
}
