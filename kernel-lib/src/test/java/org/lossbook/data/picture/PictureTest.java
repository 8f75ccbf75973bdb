package org.lossbook.data.picture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.pixels;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.vector;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.Lossbook;
import org.lossbook.data.DataException;
import org.nd4j.linalg.factory.Nd4j;

class PictureTest {
  @TempDir Path folder;

  private static Picture grey(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new Picture(pixels, height, width, 1, "");
  }

  private static int[] values(Picture picture) {
    byte[] pixels = picture.pixels();
    int[] values = new int[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    return values;
  }

  private static BufferedImage image(int type, int width, int height, Color colour) {
    var image = new BufferedImage(width, height, type);
    var g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  private static byte[] encoded(BufferedImage image, String kind) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, kind, out)).isTrue();
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void everyKindOfFileIsRead(String kind) throws IOException {
    var blue = image(BufferedImage.TYPE_INT_RGB, 6, 4, new Color(0, 0, 255));
    Path file = Files.write(folder.resolve("blue." + kind), encoded(blue, kind));
    Picture picture = Lossbook.image(file.toString());

    assertThat(picture).hasToString("blue." + kind + ": 4×6, colour");
    assertThat(values(picture)[2]).isGreaterThan(240);
    assertThat(values(picture)[0]).isLessThan(15);
    assertThat(Lossbook.image(Files.readAllBytes(file)).pixels()).isEqualTo(picture.pixels());
  }

  @Test
  void greyValuesAreThoseOfTheFile() throws IOException {
    var image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 128, 255});

    assertThat(values(Lossbook.image(image))).containsExactly(0, 128, 255);
    assertThat(values(Lossbook.image(encoded(image, "png")))).containsExactly(0, 128, 255);
    var deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 2, 1, new int[] {0x8080, 0xffff});
    assertThat(values(Lossbook.image(encoded(deep, "png")))).containsExactly(128, 255);
  }

  @Test
  void whatShowsThroughIsSeenOnWhite() throws IOException {
    var half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    half.setRGB(0, 0, 0x80000000); // half black
    half.setRGB(1, 0, 0x00ff0000); // red, but not there

    assertThat(values(Lossbook.image(encoded(half, "png")))).containsExactly(127, 255);
  }

  @Test
  void greyIsHowBrightAColourIs() {
    var colours = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(0, 0, 0xff0000);
    colours.setRGB(1, 0, 0x00ff00);
    colours.setRGB(2, 0, 0x0000ff);
    Picture picture = Lossbook.image(colours);

    assertThat(values(picture.grey())).containsExactly(76, 150, 29);
    assertThat(values(picture.inverted().grey())).containsExactly(179, 105, 226);
    assertThat(values(grey(1, 2, 7, 9).colour())).containsExactly(7, 7, 7, 9, 9, 9);
    assertThat(picture.values().shape()).containsExactly(1, 3, 3);
    assertThat(values(grey(1, 3, 50, 100, 150).contrasted())).containsExactly(0, 127, 255);
    assertThat(values(grey(1, 2, 50, 50).contrasted())).containsExactly(0, 0);
    assertThat(grey(1, 2, 0, 255).values().toDoubles()).containsExactly(0, 1);
  }

  @Test
  void shrinkingTakesTheMeanOfWhatAPixelCovers() {
    assertThat(values(grey(2, 4, 0, 100, 10, 10, 100, 200, 10, 50).resized(1, 2)))
        .containsExactly(100, 20);
    // 3 pixels become 2: the middle one is shared
    assertThat(values(grey(1, 3, 30, 60, 90).resized(1, 2))).containsExactly(40, 80);
  }

  @Test
  void growingLiesBetweenTheNeighbours() {
    assertThat(values(grey(1, 2, 0, 100).resized(1, 4))).containsExactly(0, 25, 75, 100);
    assertThat(values(grey(1, 1, 9).resized(2, 2))).containsOnly(9);
  }

  @Property(tries = 200)
  void resizingKeepsAFlatPictureFlatAndTheMeanOfAnyOtherWhenItShrinksWhole(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 60) int newHeight,
      @ForAll @IntRange(min = 1, max = 60) int newWidth,
      @ForAll @IntRange(max = 255) int value) {
    byte[] flat = new byte[height * width];
    Arrays.fill(flat, (byte) value);
    var picture = new Picture(flat, height, width, 1, "");

    assertThat(values(picture.resized(newHeight, newWidth))).containsOnly(value);
    assertThat(values(picture.fitted(newHeight, newWidth))).containsOnly(value);
    assertThat(picture.fitted(newHeight, newWidth).height()).isEqualTo(newHeight);
    byte[] ramp = new byte[height * width];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (255L * i / ramp.length);
    }
    var dot = new Picture(ramp, height, width, 1, "").resized(1, 1);
    double mean =
        Arrays.stream(values(new Picture(ramp, height, width, 1, ""))).average().orElseThrow();
    assertThat((double) values(dot)[0]).isCloseTo(mean, within(0.51));
  }

  @Test
  void fittingKeepsTheProportionsOnTheColourOfTheEdge() {
    Picture tall = grey(4, 2, 9, 9, 9, 200, 9, 9, 9, 9);

    assertThat(values(tall.fitted(4, 4)))
        .containsExactly(9, 9, 9, 9, 9, 9, 200, 9, 9, 9, 9, 9, 9, 9, 9, 9);
    assertThat(values(tall.fitted(2, 2))).containsExactly(57, 9, 9, 9);
    assertThat(tall.fitted(8, 4)).hasToString("picture: 8×4, grey");
    assertThat(values(tall.cropped(1, 1, 2, 1))).containsExactly(200, 9);
  }

  @Test
  void aCellShowsThePictureAndItsSize() throws IOException {
    var shown = grey(1, 2, 0, 255).mimeBundle();

    var png = Base64.getDecoder().decode(shown.get("image/png"));
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(304);
    assertThat(new Color(image.getRGB(60, 60))).isEqualTo(Color.BLACK);
    assertThat(new Color(image.getRGB(240, 60))).isEqualTo(Color.WHITE);
    assertThat(new Picture(new byte[3_000_000], 3000, 1000, 1, "").mimeBundle())
        .containsOnlyKeys("image/png", "text/html");
  }

  @Test
  void aPictureThatIsNotThereOrIsNoneIsRefused() throws IOException {
    assertThatThrownBy(() -> Lossbook.image("no-such.png"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "image expects a file but finds nothing at no-such.png: the working");
    assertThatThrownBy(() -> Lossbook.image((String) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> Lossbook.image((byte[]) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> Lossbook.image((BufferedImage) null))
        .hasMessageContaining("receives null");
    String text = Files.writeString(folder.resolve("a.png"), "not a picture").toString();
    assertThatThrownBy(() -> Lossbook.image(text))
        .hasMessage(
            "image expects a picture, PNG, JPEG, GIF or BMP, but %s is none: open it elsewhere and save it as PNG."
                .formatted(text));
    var image = image(BufferedImage.TYPE_INT_RGB, 50, 50, Color.RED);
    byte[] whole = encoded(image, "png");
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> Lossbook.image(half))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("image expects a whole picture, PNG, JPEG, GIF or BMP, but cannot");
  }

  /** Only the header says that it is huge: nothing of that size is ever made. */
  @Test
  void aHugePictureIsRefusedByItsHeader() throws IOException {
    byte[] png = encoded(image(BufferedImage.TYPE_INT_RGB, 5, 5, Color.RED), "png");
    var bytes = ByteBuffer.wrap(png);
    bytes.putInt(16, 100_000).putInt(20, 100_000);
    var crc = new CRC32();
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());

    assertThatThrownBy(() -> Lossbook.image(png))
        .hasMessage(
            "image expects a picture of at most 50,000,000 pixels but these bytes has"
                + " 100000×100000: save it smaller.");
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> grey(1, 1, 0).resized(0, 5)).hasMessageContaining("receives 0 and 5");
    assertThatThrownBy(() -> grey(1, 1, 0).fitted(100_000, 100_000))
        .hasMessageContaining("at most 50 million pixels");
    assertThatThrownBy(() -> grey(2, 2, 0, 0, 0, 0).cropped(1, 1, 2, 1))
        .hasMessage(
            "cropped expects a piece within 2 rows and 2 columns but receives 2×1 from row 1 and"
                + " column 1: rows and columns count from 0.");
  }

  /** A JPEG of which a camera says that it was held turned. */
  private static byte[] taken(int orientation, ByteOrder order) throws IOException {
    var image = image(BufferedImage.TYPE_INT_RGB, 32, 16, Color.BLACK);
    var g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 16, 8); // the upper left quarter
    g.dispose();
    byte[] jpeg = encoded(image, "jpg");
    var exif = ByteBuffer.allocate(36).order(order);
    exif.putShort((short) 0).putShort((short) 0).put("Exif".getBytes(US_ASCII)).putShort((short) 0);
    exif.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(US_ASCII));
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    exif.order(ByteOrder.BIG_ENDIAN).putShort(0, (short) 0xffe1).putShort(2, (short) 34);
    var all = new ByteArrayOutputStream();
    all.write(jpeg, 0, 2);
    all.write(exif.array());
    all.write(jpeg, 2, jpeg.length - 2);
    return all.toByteArray();
  }

  /** Where the white quarter is, as the camera was held: upper left is 0, lower right 3. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 3", "4, 2", "5, 0", "6, 1", "7, 3", "8, 2", "9, 0"})
  void aPhotographStandsAsItWasTaken(int orientation, int quarter) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      Picture picture = Lossbook.image(taken(orientation, order));
      boolean turned = orientation >= 5 && orientation <= 8;

      assertThat(picture.height()).isEqualTo(turned ? 32 : 16);
      assertThat(picture.width()).isEqualTo(turned ? 16 : 32);
      int[] quarters = values(picture.resized(2, 2));
      for (int i = 0; i < 4; i++) {
        assertThat(quarters[i] > 128).as("quarter %d", i).isEqualTo(i == quarter);
      }
    }
  }

  @Property(tries = 300)
  void aBrokenNoteOfACameraIsPassedOver(@ForAll byte[] content) {
    byte[] exif = new byte[content.length + 6];
    System.arraycopy("Exif".getBytes(US_ASCII), 0, exif, 0, 4);
    System.arraycopy(content, 0, exif, 6, content.length);

    assertThat(Orientation.noted(exif)).isBetween(1, 8);
    assertThat(Orientation.noted(content)).isBetween(1, 8);
  }

  @Test
  void itsBytesAreNotTakenForNumbersWithASign() {
    Picture grey = Picture.of(image(BufferedImage.TYPE_BYTE_GRAY, 2, 2, Color.WHITE)).grey();
    byte[] pixels = grey.pixels();
    Byte[] boxed = {1, -1, 3, 4};
    var model = sequential(input(4), dense(1)).build();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> model.predict(new byte[][] {pixels}),
            () -> model.predict(new Byte[][] {boxed}),
            () -> model.predict(Nd4j.createFromArray(pixels).reshape(1, 4)),
            () -> dataset(new byte[][] {pixels, pixels}, vector(0, 1)),
            () -> mse().of(pixels, pixels),
            () -> pixels("mine", pixels))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              "expects numbers but receives bytes, one of them -1, which as a pixel is 255: take"
                  + " picture.values() in place of pixels(), (b & 0xff) / 255.0 of each byte b, or"
                  + " ints where a sign is meant.");
    }
    assertThat(pixels("mine", grey.values())).isNotNull();
    assertThat(model.predictValues(grey).size()).isEqualTo(1);
    assertThat(mse().of(new byte[] {1, 2}, new byte[] {1, 4})).isEqualTo(2); // no sign in sight
    model.close();
  }
}
