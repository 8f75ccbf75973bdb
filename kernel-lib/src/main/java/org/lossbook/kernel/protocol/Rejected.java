package org.lossbook.kernel.protocol;

/** Why a message is not answered. */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1;

  Rejected(String why) {
    super(why, null, false, false);
  }
}
