package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.chart;
import static org.lossbook.Lossbook.mse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {
  @TempDir Path folder;

  @Test
  void aFigureIsWrittenAsSvgAndAsPng() throws IOException {
    Figure figure = mse().plot();

    assertThat(figure.save(folder.resolve("loss.svg").toString())).isSameAs(figure);
    figure.save(folder.resolve("loss.PNG"));

    assertThat(Files.readString(folder.resolve("loss.svg"))).startsWith("<svg").contains("<title>");
    var image = ImageIO.read(folder.resolve("loss.PNG").toFile());
    assertThat(image.getWidth()).isGreaterThanOrEqualTo(figure.width());
  }

  @Test
  void aChartIsWrittenAsItIs() {
    chart("A line").line("y", 0, 1, x -> x).save(folder.resolve("line.svg").toString());

    assertThat(folder.resolve("line.svg")).isNotEmptyFile();
  }

  @Test
  void whatCannotBeWrittenIsRefusedInWords() {
    Figure figure = mse().plot();
    assertThatThrownBy(() -> figure.save("loss.pdf"))
        .hasMessage(
            "save expects a file that ends in .svg or .png but receives loss.pdf: save(\"figure.svg\") writes one.");
    assertThatThrownBy(() -> figure.save((String) null)).hasMessageContaining("but receives null");
    assertThatThrownBy(() -> figure.save(folder.resolve("none/loss.svg")))
        .hasMessageContaining("cannot be written (NoSuchFileException)");
    Figure picture = Figure.picture(10, 10, "ten", "ten", g -> {});
    assertThatThrownBy(() -> picture.save(folder.resolve("ten.svg")))
        .hasMessageStartingWith("save expects a .png for a figure that is made of pixels");
  }
}
