package org.lossbook.kernel.magic;

import java.util.List;

/**
 * A magic.
 *
 * @param name its name, without the percent sign
 * @param whole whether it is a cell magic, {@code %%name}
 * @param usage what follows its name, such as {@code group:artifact:version …}
 * @param does what it does, in a few words
 * @param code what it runs
 * @param runs what its texts are
 * @param shows whether its value is shown as the cell's
 * @param aliases its further names
 */
record Magic(
    String name,
    boolean whole,
    String usage,
    String does,
    Code code,
    Runs runs,
    boolean shows,
    List<String> aliases) {

  /** What a magic runs. */
  interface Code {
    /** Runs it; what it returns, unless null, is the magic's value. */
    Object run(MagicCall call) throws Exception;
  }

  /** What a magic's text is, which decides what <code>${name}</code> in it means. */
  enum Runs {
    /** Words, in which <code>${…}</code> is replaced by the value of that expression. */
    WORDS,
    /** A command of the shell, which gets the variables that it names in its environment. */
    SHELL,
    /** Java, in which <code>${…}</code> is text; its value is the cell's. */
    JAVA
  }

  static Magic line(String name, String usage, String does, Code code) {
    return new Magic(name, false, usage, does, code, Runs.WORDS, false, List.of());
  }

  static Magic cell(String name, String usage, String does, Code code) {
    return new Magic(name, true, usage, does, code, Runs.WORDS, false, List.of());
  }

  Magic running(Runs what) {
    return new Magic(name, whole, usage, does, code, what, shows, aliases);
  }

  /** One whose value is the cell's. */
  Magic showing() {
    return new Magic(name, whole, usage, does, code, runs, true, aliases);
  }

  Magic orAs(String... further) {
    return new Magic(name, whole, usage, does, code, runs, shows, List.of(further));
  }

  /** {@code %name}, or {@code %%name}. */
  String written() {
    return (whole ? "%%" : "%") + name;
  }

  /** {@code %name usage}. */
  String synopsis() {
    return (written() + " " + usage).strip();
  }
}
