package org.lossbook.training;

import java.util.Comparator;
import java.util.function.LongSupplier;
import org.lossbook.base.Messages;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;
import org.lossbook.network.Network;
import org.lossbook.optimizer.Optimizer;

/** Checks that a model fits into memory, computed exactly before any is allocated. */
final class MemoryCheck {
  private static final long MOST = Integer.MAX_VALUE;
  private static final int LOOKS = 3;
  private static final int BETWEEN_LOOKS_MILLIS = 30;
  private static final String MORE =
      "or allow more native memory, -Dorg.bytedeco.javacpp.maxBytes and maxPhysicalBytes in the"
          + " kernel's kernel.json";

  private MemoryCheck() {}

  /** Rejects a model whose weights, gradients and optimizer state do not fit into memory. */
  static void weights(Network network, Optimizer optimizer, Engine engine) {
    long all = network.nodes().stream().mapToLong(Network.Node::size).sum();
    long trained =
        network.parameters().stream()
            .filter(Parameter::trainable)
            .mapToLong(MemoryCheck::size)
            .sum();
    String largest = largestByWeights(network);
    long taken = Memory.product(Float.BYTES, all + trained);
    long free = free(taken, engine::freeForParameters);
    if (taken > free || all > MOST) {
      throw Messages.wrong(
          "The model needs %s of memory for %,d weights%s and their gradients but there is room for"
              + " %s%s: make %s smaller, %s.",
          Memory.text(taken),
          all,
          of(network, largest),
          Memory.text(free),
          all > MOST ? Messages.of(" and %,d numbers", MOST) : "",
          largest,
          MORE);
    }
    int slots = optimizer.start(1).state().size();
    long first = network.parameters().stream().mapToLong(MemoryCheck::size).max().orElse(0);
    Memory.heap(
        Messages.of(
            "The model of %,d weights%s with %s, which keeps %d numbers for each,",
            all, of(network, largest), optimizer.name(), slots),
        Memory.product(Float.BYTES, slots * trained + first),
        Messages.of("make %s smaller", largest)
            + (slots > 0 ? ", use sgd(), which keeps nothing" : ""));
  }

  /**
   * Rejects a batch that does not fit into memory; the message names the layer that takes most, and
   * a batch size that fits.
   */
  static void batch(CompiledModel compiled, int batch, Mode use) {
    boolean training = use.hasBackward();
    Network network = compiled.network();
    long inputs = inputs(network);
    Network.Node largest = network.nodes().get(0);
    for (Network.Node node : network.nodes()) {
      largest = taken(node, training) > taken(largest, training) ? node : largest;
    }
    long sample = sample(network, use);
    long needed = Memory.product(Float.BYTES, batch, sample);
    long free = free(needed, compiled.engine()::freeForPlans);
    if (needed > free) {
      refuse(batch, sample, free, largest, training);
    }
    long ends =
        compiled.heads().stream().mapToLong(head -> 2L * head.size() + head.targets()).sum();
    Memory.heap(
        Messages.of("A batch of %,d %s", batch, batch == 1 ? "sample" : "samples"),
        Memory.product(Float.BYTES, batch, inputs + ends),
        batch == 1 ? "make the samples smaller" : "use smaller batches, such as batchSize(32)");
  }

  /** How many numbers of one sample a plan holds. */
  static long sample(Network network, Mode use) {
    long sample = inputs(network);
    for (Network.Node node : network.nodes()) {
      sample = Memory.sum(sample, taken(node, use.hasBackward()));
    }
    return use == Mode.INFERENCE ? Math.min(sample, network.mostAtOnce()) : sample;
  }

  private static long inputs(Network network) {
    return network.inputShapes().stream().mapToLong(Shapes::count).sum();
  }

  /** The free memory; if it is too little, after unused plans and models were freed. */
  private static long free(long needed, LongSupplier now) {
    for (int look = 0; look < LOOKS && now.getAsLong() < needed; look++) {
      PlanCache.SHARED.evictIdle();
      System.gc(); // unreachable models are freed in another thread
      try {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return Math.max(0, now.getAsLong());
  }

  private static void refuse(
      int batch, long sample, long free, Network.Node largest, boolean training) {
    long fits = Long.highestOneBit(Math.max(0, free / Float.BYTES / sample));
    String most =
        Messages.of(
            largest.layer().keptNumbers(largest.inputShapes(), training) == 0
                ? "%s of it for what %s gives, %s"
                : "%s of it for what %s keeps on its way to %s",
            Memory.text(Memory.product(Float.BYTES, batch, taken(largest, training))),
            largest.name(),
            Shapes.withBatch(largest.output()));
    throw Messages.wrong(
        "A batch of %,d %s needs %s of memory, %s, but there is room for %s: %s, %s.",
        batch,
        batch == 1 ? "sample" : "samples",
        Memory.text(Memory.product(Float.BYTES, batch, sample)),
        most,
        Memory.text(free),
        fits < 1
            ? "make " + largest.name() + " smaller"
            : Messages.of("take batches of %,d or fewer, batchSize(%d)", fits, fits),
        MORE);
  }

  /** How many numbers a layer takes per sample: what it gives, and what it keeps on the way. */
  private static long taken(Network.Node node, boolean training) {
    return Memory.sum(
        given(node, training), node.layer().keptNumbers(node.inputShapes(), training));
  }

  /** How many numbers a layer's output takes per sample, in training with their gradients. */
  private static long given(Network.Node node, boolean training) {
    if (node.layer().onlyReshapes()) {
      return 0; // the same numbers in the same place
    }
    return Memory.product(training ? 2 : 1, Shapes.count(node.output()));
  }

  private static String largestByWeights(Network network) {
    return network.nodes().stream()
        .max(Comparator.comparingLong(Network.Node::size))
        .map(Network.Node::name)
        .orElseThrow();
  }

  private static String of(Network network, String largest) {
    long size =
        network.nodes().stream()
            .filter(node -> node.name().equals(largest))
            .mapToLong(Network.Node::size)
            .max()
            .orElse(0);
    return network.nodes().size() < 2 ? "" : Messages.of(", %,d of them in %s,", size, largest);
  }

  private static long size(Parameter parameter) {
    return Shapes.count(parameter.shape());
  }
}
