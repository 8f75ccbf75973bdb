package org.lossbook;

/** x */
public final class Lossbook {
  private Lossbook() {}
}
