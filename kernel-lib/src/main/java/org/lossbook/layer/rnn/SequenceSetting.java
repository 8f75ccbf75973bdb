package org.lossbook.layer.rnn;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/** How a recurrent layer reads a sequence and what it gives; Keras's names in small letters. */
enum SequenceSetting {
  RETURN_SEQUENCES,
  RETURN_STATE,
  GO_BACKWARDS,
  STATEFUL,
  UNROLL,
  ZERO_OUTPUT_FOR_MASK;

  /** The call that sets it: {@code returnSequences}. */
  String call() {
    return java(saved());
  }

  /** A name as Java writes it: lstm_cell is lstmCell. */
  static String java(String name) {
    return Pattern.compile("_(\\w)")
        .matcher(name)
        .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }

  private String saved() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Config in(Config config, Set<SequenceSetting> set) {
    Config all = config;
    for (SequenceSetting each : values()) {
      all = all.with(each.saved(), set.contains(each));
    }
    return all;
  }

  static Set<SequenceSetting> from(Settings settings) {
    Set<SequenceSetting> set = EnumSet.noneOf(SequenceSetting.class);
    for (SequenceSetting each : values()) {
      if (settings.flag(each.saved(), false)) {
        set.add(each);
      }
    }
    settings.ignore("time_major", "implementation", "seed"); // the first two are Keras 2's
    return set;
  }

  static Set<SequenceSetting> with(Set<SequenceSetting> set, SequenceSetting more) {
    EnumSet<SequenceSetting> all = EnumSet.of(more);
    all.addAll(set);
    return all;
  }

  /** A layer with this setting too. */
  @SuppressWarnings("unchecked") // the layer's own type
  <L> L on(SequenceLayer<L> layer) {
    return (L) (layer instanceof Rnn rnn ? rnn.set(this) : ((RecurrentUnits<?>) layer).set(this));
  }

  /** How a layer reads its sequences. */
  static Sequences of(SequenceLayer<?> layer) {
    return layer instanceof Rnn rnn ? rnn.sequences() : ((RecurrentUnits<?>) layer).sequences();
  }
}
