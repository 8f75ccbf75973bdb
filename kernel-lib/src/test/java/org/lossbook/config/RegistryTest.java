package org.lossbook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a line of a registry says is how a file is read. */
class RegistryTest {
  private sealed interface Form permits Square, Twice {}

  private record Square(double side) implements Form {
    static Square from(Settings settings) {
      return new Square(settings.number("side", 1));
    }
  }

  private record Twice(Form form) implements Form {
    static Twice from(Settings settings, Registry<Form> forms) {
      return new Twice(forms.read(settings.value("form").orElseThrow()));
    }
  }

  private static final Registry<Form> FORMS =
      Registry.<Form>of("form", "keras.forms")
          .common((settings, from) -> from.apply(settings.ignore("name")))
          .add("UnitSquare", Square::from, "box")
          .alias("big_square", Config.of("keras.forms", "UnitSquare").with("side", 9))
          .addLossbookOnly("Twice", Twice::from)
          .refuse("Lambda", "Lambda is code.");

  private static final Config SQUARE = Config.of("keras.forms", "UnitSquare");

  @Test
  void aClassIsReadWithItsSettings() {
    assertThat(FORMS.read(SQUARE.with("side", 3).with("name", "first"))).isEqualTo(new Square(3));
    assertThat(FORMS.classes()).containsExactly("Twice", "UnitSquare");
  }

  @Test
  void aClassOfKerasIsReadByEachOfItsNames() {
    for (String name : new String[] {"UnitSquare", "unit_square", "unitsquare", "box", "BOX"}) {
      assertThat(FORMS.knows(name)).as(name).isTrue();
      assertThat(FORMS.read(name)).as(name).isEqualTo(new Square(1));
    }
    assertThat(FORMS.read("big_square")).isEqualTo(new Square(9));
    assertThat(FORMS.alias("box", SQUARE.with("side", 4)).read("box")).isEqualTo(new Square(4));
  }

  @Test
  void aClassThatOnlyLossbookHasCannotBeReadByItsNameAlone() {
    Config twice = Config.ours("Twice").with("form", SQUARE);

    assertThat(FORMS.read(twice)).isEqualTo(new Twice(new Square(1)));
    assertThat(FORMS.read(twice.with("form", "box"))).isEqualTo(new Twice(new Square(1)));
    assertThat(FORMS.knows(twice)).isTrue();
    assertThat(FORMS.knows("twice")).isFalse();
    assertThatThrownBy(() -> FORMS.read("twice"))
        .hasMessage("Lossbook has no form twice: it has [Twice, UnitSquare].");
  }

  @Test
  void unknownClassesAreRejectedByName() {
    assertThatThrownBy(() -> FORMS.read(Config.of("keras.forms", "Ball")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Lossbook has no form Ball: it has [Twice, UnitSquare].");
    assertThatThrownBy(() -> FORMS.unlisted().read("ball")).hasMessage("Lossbook has no form ball");
    assertThatThrownBy(() -> FORMS.unlisted().read(3)).hasMessage("Lossbook has no form 3");
    assertThatThrownBy(() -> FORMS.read(Config.of("keras.forms", "Lambda")))
        .hasMessage("Lambda is code.");
    assertThatThrownBy(() -> FORMS.read(SQUARE.with("height", 2)))
        .hasMessageContaining("UnitSquare has the setting height = 2, which Lossbook does not");
  }

  @Test
  void aSettingMayBeOneOfAnotherRegistry() {
    Settings settings =
        new Settings(
            Config.of("keras.layers", "Dense").with("a", SQUARE).with("b", "ball").without("c"));

    assertThat(FORMS.read(settings, "a")).contains(new Square(1));
    assertThat(FORMS.read(settings, "c")).isEmpty();
    assertThatThrownBy(() -> FORMS.read(settings, "b"))
        .hasMessage(
            "Dense expects UnitSquare or Twice for b but the file says \"ball\": Lossbook supports nothing else.");
  }

  @Test
  void aClassIsRegisteredOnce() {
    assertThatThrownBy(() -> FORMS.addLossbookOnly("UnitSquare", Square::from))
        .hasMessage("UnitSquare is registered twice");
    assertThatThrownBy(() -> FORMS.add("Square", Square::from, "Box"))
        .hasMessage("box is registered twice");
  }
}
