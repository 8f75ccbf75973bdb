package org.lossbook.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lossbook.config.Require;

/**
 * How a file of Keras's writes a call of a layer: which arguments hold what it is applied to, and
 * settings that belong to the call.
 *
 * @param isList whether several values are one argument, a list, as for merging layers
 * @param first the argument that holds the first value, where each is one of its own; else empty
 * @param names the arguments that may hold values after the first, in order
 * @param rest the argument that holds all values after the first as a list; empty if each value is
 *     an argument of its own
 * @param last the argument that holds the last value by its name alone; empty if there is none
 * @param settings settings of the call, such as {@code use_causal_mask}
 */
public record CallArguments(
    boolean isList,
    String first,
    List<String> names,
    String rest,
    String last,
    Map<String, Object> settings) {
  /** Several values are one list. */
  public static final CallArguments LIST = new CallArguments(true, "", List.of(), "", "", Map.of());

  private static final String WHO = "A call's arguments";
  private static final String FIX = "layer.callArguments() has those of a layer";

  /** Copies the list and the map. */
  public CallArguments {
    names = Require.all(names, String.class, WHO, "names of arguments", FIX);
    rest = Require.given(rest, WHO, "a name of an argument, or an empty one", FIX);
    last = Require.given(last, WHO, "a name of an argument, or an empty one", FIX);
    Require.given(settings, WHO, "settings of the call", FIX);
    Require.all(settings.keySet(), String.class, WHO, "names of settings", FIX);
    Require.all(settings.values(), Object.class, WHO, "values of settings", FIX);
    settings = Map.copyOf(settings);
  }

  /** All values after the first are the list that is this argument: {@code initial_state}. */
  public static CallArguments rest(String name) {
    String given = Require.given(name, WHO, "a name of an argument", FIX);
    return new CallArguments(false, "", List.of(given), given, "", Map.of());
  }

  /** Each value is an argument of its own. */
  public static CallArguments each(String first, String... names) {
    String[] given = Require.given(names, WHO, "names of arguments", FIX);
    return new CallArguments(false, first, Arrays.asList(given), "", "", Map.of());
  }

  /** The same with settings of the call. */
  public CallArguments with(Map<String, Object> calledWith) {
    return new CallArguments(isList, first, names, rest, last, calledWith);
  }

  /** The same with a last value that is this argument, by its name: {@code attention_mask}. */
  public CallArguments endingWith(String name) {
    String given = Require.given(name, WHO, "a name of an argument", FIX);
    return new CallArguments(isList, first, names, rest, given, settings);
  }
}
