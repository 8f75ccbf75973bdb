package org.lossbook.layer.text;

import java.util.List;
import org.lossbook.data.EncodedTexts;

/**
 * The indices of the tokens of each sample, and what is given for them.
 *
 * @param shape of a sample's numbers
 * @param depth the length of a row
 * @param factors of tf_idf
 */
record TokenRows(List<int[]> indices, TokenMode mode, int[] shape, int depth, float[] factors)
    implements EncodedTexts {
  @Override
  public int rows() {
    return indices.size();
  }

  @Override
  public void copy(int row, float[] into, int at) {
    int[] own = indices.get(row);
    mode.write(own, own.length, depth, factors, into, at);
  }
}
