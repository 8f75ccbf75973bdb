package org.lossbook.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerWithActivation;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.loss.check.OutputActivation;
import org.lossbook.loss.check.Place;
import org.lossbook.loss.check.Remedy;
import org.lossbook.network.Network;

/**
 * Suggests fixes for an output that does not match its loss; each is tried before it is suggested.
 */
final class ActivationFixes implements Remedy {
  private final OutputTrace trace;

  private ActivationFixes(OutputTrace trace) {
    this.trace = trace;
  }

  /** The output of a network, for a loss to check. */
  static OutputActivation end(Network network, Network.Output output) {
    int[] shape = output.shape();
    boolean isPlain = output.layer() instanceof LayerWithActivation<?> && shape.length == 1;
    return isPlain && !(output.layer() instanceof ActivationLayer)
        ? new OutputActivation(output.layer().activation(), shape[0], OutputActivation.Said.CALL)
        : new ActivationFixes(OutputTrace.of(network, output.value())).end();
  }

  private OutputActivation end() {
    return new OutputActivation(trace.bounds(), Shapes.last(trace.shape()), this);
  }

  @Override
  public String described(Predicate<Bounds> like) {
    Set<Integer> makers = trace.makers();
    Set<Integer> others = unlike(makers, like);
    return places(trace, others.isEmpty() ? makers : others).stream()
        .map(Place::described)
        .collect(Collectors.joining(" beside "));
  }

  private Set<Integer> unlike(Set<Integer> places, Predicate<Bounds> like) {
    return places.stream()
        .filter(place -> !like.test(trace.bounds(place)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public List<Place> without(Predicate<Bounds> like) {
    Set<Integer> dropped = new LinkedHashSet<>();
    without(like, dropped);
    return places(trace, dropped);
  }

  /** Without activations one after the other, because removing one may expose another. */
  private OutputTrace without(Predicate<Bounds> like, Set<Integer> dropped) {
    OutputTrace now = trace;
    for (Set<Integer> more = now.functions(like); !more.isEmpty(); more = now.functions(like)) {
      dropped.addAll(more);
      now = now.linear(more);
    }
    return now;
  }

  @Override
  public String take(String wanted, Predicate<Bounds> like) {
    return exchanged(wanted, like).or(() -> leftOut(like)).orElseGet(() -> atTheEnd(wanted));
  }

  /** Suggests another activation in the layers that compute the output. */
  private Optional<String> exchanged(String wanted, Predicate<Bounds> like) {
    Set<Integer> makers = unlike(trace.makers(), like);
    Map<String, Layer> changed = new LinkedHashMap<>();
    for (int place : makers) {
      OutputTrace.LayerCall call = trace.call(place);
      boolean isFiniteBefore =
          call.from().stream().anyMatch(from -> trace.bounds(from).areFinite());
      if (!(call.layer().orElse(null) instanceof LayerWithActivation<?> activated)
          || activated instanceof ActivationLayer && isFiniteBefore) {
        return Optional.empty();
      }
      changed.put(call.name(), activated.activation(wanted));
    }
    OutputTrace then = trace.with(changed);
    return !changed.isEmpty() && like.test(then.bounds())
        ? Optional.of(
            places(trace, makers).stream()
                .map(place -> place.take(wanted))
                .collect(Collectors.joining(", and ")))
        : Optional.empty();
  }

  /**
   * Suggests removing layers behind a correct output, such as dropout, which scales numbers up in
   * training.
   */
  private Optional<String> leftOut(Predicate<Bounds> like) {
    Set<Integer> makers = unlike(trace.makers(), like);
    if (makers.size() != 1) {
      return Optional.empty();
    }
    int place = makers.iterator().next();
    OutputTrace.LayerCall call = trace.call(place);
    boolean isPlain =
        call.from().size() == 1
            && !(call.layer().orElse(null) instanceof LayerWithActivation<?>)
            && Arrays.equals(call.shape(), call.shapes().get(0))
            && trace.bounds(call.from().get(0)).areFinite();
    if (!isPlain) {
      return Optional.empty();
    }
    OutputTrace then = trace.with(Map.of(call.name(), new ActivationLayer("linear")));
    return like.test(then.bounds())
        ? Optional.of(
            "drop "
                + call.name()
                + (place == trace.end() ? ", the last layer" : "")
                + ", or put it before "
                + trace.call(call.from().get(0)).name())
        : Optional.empty();
  }

  /** Suggests the activation as an extra layer at the end. */
  private String atTheEnd(String wanted) {
    List<Place> squeezing = without(Bounds::areFinite);
    String drop =
        squeezing.stream().map(place -> place.drop() + ", and ").collect(Collectors.joining());
    return drop + "add " + Place.layer(wanted) + " as the last layer";
  }

  @Override
  public Optional<Broken> breaksRows() {
    return trace
        .breaksRows()
        .map(
            place -> {
              OutputTrace.LayerCall call = trace.call(place);
              return new Broken(
                  places(trace, trace.functions(call.from(), Bounds::sumToOne)).stream()
                      .map(Place::described)
                      .collect(Collectors.joining(" beside ")),
                  call.name());
            });
  }

  /** The places of calls, grouped by kind. */
  private static List<Place> places(OutputTrace trace, Collection<Integer> calls) {
    List<Place> places = new ArrayList<>();
    Map<Place, Set<String>> names = new LinkedHashMap<>();
    for (int place : calls) {
      OutputTrace.LayerCall call = trace.call(place);
      OutputActivation.Said said = said(call.layer());
      var kind = new Place(call.activation().kerasName(), said, "");
      boolean isLast = place == trace.end() && !call.name().contains("/");
      if (isLast && said != OutputActivation.Said.NOWHERE) {
        places.add(kind);
      } else {
        Optional<String> reader = trace.reader(place).map(OutputTrace.LayerCall::name);
        String name =
            said == OutputActivation.Said.LAYER ? reader.orElse(call.name()) : call.name();
        names.computeIfAbsent(kind, none -> new LinkedHashSet<>()).add(name);
      }
    }
    names.forEach(
        (kind, all) -> places.add(new Place(kind.activation(), kind.said(), listed(all))));
    return places;
  }

  private static OutputActivation.Said said(Optional<Layer> layer) {
    if (layer.orElse(null) instanceof ActivationLayer) {
      return OutputActivation.Said.LAYER;
    }
    return layer.orElse(null) instanceof LayerWithActivation<?>
        ? OutputActivation.Said.CALL
        : OutputActivation.Said.NOWHERE;
  }

  /** dense, dense_1 and dense_2. */
  private static String listed(Set<String> names) {
    List<String> all = List.copyOf(names);
    int last = all.size() - 1;
    return last == 0
        ? all.get(0)
        : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
  }
}
