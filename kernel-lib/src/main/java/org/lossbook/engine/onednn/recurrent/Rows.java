package org.lossbook.engine.onednn.recurrent;

/**
 * Neighbouring samples of a batch, which one thread takes through the sequence.
 *
 * @param first the first one's number
 * @param count how many there are
 * @param all how many the batch has
 */
record Rows(int first, int count, int all) {
  /** One of so many parts of a batch, of nearly equal size. */
  static Rows part(int part, int parts, int all) {
    int first = part * all / parts;
    return new Rows(first, (part + 1) * all / parts - first, all);
  }
}
