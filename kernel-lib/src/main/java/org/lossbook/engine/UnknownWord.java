package org.lossbook.engine;

import org.lossbook.Internal;

/**
 * A number in a batch that names no row of a table. A plan knows its place in the batch alone; who
 * knows which sample that was says so with {@link #ofSample}.
 *
 * @hidden
 */
@Internal
public final class UnknownWord extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final int row;
  private final String fix;

  /**
   * @param what is wrong, to be followed by the sample
   * @param row the sample's index in the batch
   * @param fix what to do instead
   */
  public UnknownWord(String what, int row, String fix) {
    this(what, row, fix, row + " of the batch");
  }

  private UnknownWord(String what, int row, String fix, String sample) {
    super(what + " of sample " + sample + ": " + fix + ".");
    this.what = what;
    this.row = row;
    this.fix = fix;
  }

  /** The sample's index in the batch. */
  public int row() {
    return row;
  }

  /** The same about a sample by its index in the data. */
  public UnknownWord ofSample(int sample) {
    return new UnknownWord(what, row, fix, String.valueOf(sample));
  }
}
