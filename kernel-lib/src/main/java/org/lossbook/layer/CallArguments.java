package org.lossbook.layer;

import java.util.List;
import java.util.Map;

/**
 * How a file of Keras's writes a call of a layer: which arguments hold what it is applied to, and
 * settings that belong to the call.
 *
 * @param isList whether several values are one argument, a list, as for merging layers
 * @param first the argument that holds the first value, where each is one of its own; else empty
 * @param names the arguments that may hold values after the first, in order
 * @param rest the argument that holds all values after the first as a list; empty if each value is
 *     an argument of its own
 * @param settings settings of the call, such as {@code use_causal_mask}
 */
public record CallArguments(
    boolean isList, String first, List<String> names, String rest, Map<String, Object> settings) {
  /** Several values are one list. */
  public static final CallArguments LIST = new CallArguments(true, "", List.of(), "", Map.of());

  /** Copies the list and the map. */
  public CallArguments {
    names = List.copyOf(names);
    settings = Map.copyOf(settings);
  }

  /** All values after the first are the list that is this argument: {@code initial_state}. */
  public static CallArguments rest(String name) {
    return new CallArguments(false, "", List.of(name), name, Map.of());
  }

  /** Each value is an argument of its own. */
  public static CallArguments each(String first, String... names) {
    return new CallArguments(false, first, List.of(names), "", Map.of());
  }

  /** The same with settings of the call. */
  public CallArguments with(Map<String, Object> calledWith) {
    return new CallArguments(isList, first, names, rest, calledWith);
  }
}
