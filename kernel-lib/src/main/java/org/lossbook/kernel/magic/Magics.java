package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellFailure;

/**
 * The magics that this kernel knows, by name.
 *
 * @hidden
 */
@Internal
public final class Magics {
  /** A name this far from one that exists, in letters changed, added or left out, is a slip. */
  private static final int SLIPS = 2;

  private final Map<String, Magic> byName = new LinkedHashMap<>();
  private final MagicCall.Java java;

  /**
   * @param java runs Java for magics that are called as functions
   */
  Magics(MagicCall.Java java) {
    this.java = java;
  }

  void register(Magic... magics) {
    for (Magic each : magics) {
      byName.put(each.written(), each);
      for (String alias : each.aliases()) {
        byName.put((each.whole() ? "%%" : "%") + alias, each);
      }
    }
  }

  /** {@code cell} as plain Java with the same number of lines; its magics are calls. */
  public static String translate(String cell) {
    return new JavaCode(CellText.of(cell, name -> false)).of(0, cell.length());
  }

  /** All names as they are written, such as {@code %maven} and {@code %%bash}. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Each magic once, without its aliases. */
  List<Magic> all() {
    return byName.values().stream().distinct().toList();
  }

  /** Runs the line magic {@code %name args}. */
  @SuppressWarnings("unchecked")
  public <T> T line(String name, List<String> args) {
    return (T) call("%" + name, MagicCall.joined(args), "");
  }

  /** Runs the cell magic {@code %%name args} on {@code body}. */
  @SuppressWarnings("unchecked")
  public <T> T cell(String name, List<String> args, String body) {
    return (T) call("%%" + name, MagicCall.joined(args), body);
  }

  /** Runs the line magic {@code %name line}. */
  @SuppressWarnings("unchecked")
  public <T> T line(String name, String line) {
    return (T) call("%" + name, line, "");
  }

  /** Runs the cell magic {@code %%name line} on {@code body}. */
  @SuppressWarnings("unchecked")
  public <T> T cell(String name, String line, String body) {
    return (T) call("%%" + name, line, body);
  }

  private Object call(String written, String line, String body) {
    Magic magic = named(written);
    try {
      return magic.code().run(new MagicCall(written, line, body, Map.of(), java));
    } catch (RuntimeException e) {
      throw e;
    } catch (CellFailure e) {
      throw new IllegalStateException(written + ": " + e.text());
    } catch (Exception e) {
      throw new IllegalStateException(written + ": " + e.getMessage(), e);
    }
  }

  /** The magic that is {@code written} so. */
  Magic named(String written) {
    Magic magic = byName.get(written);
    if (magic != null) {
      return magic;
    }
    String name = written.replace("%", "");
    String other = (written.startsWith("%%") ? "%" : "%%") + name;
    if (byName.containsKey(other)) {
      throw wrong("%s is written %s: %s.", written, other, byName.get(other).synopsis());
    }
    throw wrong(
        "There is no magic %s%s: %%lsmagic lists them all.",
        written, near(name).map(each -> ", but there is " + each).orElse(""));
  }

  /** The name most like {@code name}. */
  private Optional<String> near(String name) {
    String best = null;
    int least = SLIPS + 1;
    for (String each : byName.keySet()) {
      String plain = each.replace("%", "");
      int slips = distance(name.toLowerCase(Locale.ROOT), plain.toLowerCase(Locale.ROOT));
      boolean starts =
          name.length() >= 2
              && plain.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT));
      int far = starts ? 1 : slips;
      if (far < least && far < plain.length()) {
        least = far;
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters to change, add, leave out or swap to make {@code b} of {@code a}. */
  private static int distance(String a, String b) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          row[j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int[] above = rows.get(i - 1);
        row[j] = Math.min(above[j - 1] + (same ? 0 : 1), 1 + Math.min(above[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], 1 + rows.get(i - 2)[j - 2]);
        }
      }
      rows.add(row);
    }
    return rows.get(a.length())[b.length()];
  }
}
