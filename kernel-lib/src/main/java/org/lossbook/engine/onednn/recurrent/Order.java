package org.lossbook.engine.onednn.recurrent;

/** The order in which steps are taken, and where the states around a step lie. */
record Order(int steps, boolean backwards) {
  /** The step that is taken at a place. */
  int step(int place) {
    return backwards ? steps - 1 - place : place;
  }

  int slotBefore(int step) {
    return backwards ? step + 1 : step;
  }

  int slotAfter(int step) {
    return backwards ? step : step + 1;
  }

  /** Where the states lie that the sequence begins with. */
  int firstSlot() {
    return backwards ? steps : 0;
  }

  /** Where those lie that it ends with. */
  int lastSlot() {
    return backwards ? 0 : steps;
  }
}
