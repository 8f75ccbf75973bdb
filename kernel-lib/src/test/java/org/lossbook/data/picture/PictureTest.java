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
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
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
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
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
            "cropped expects a rectangle within 2 rows and 2 columns but receives 2×1 from row 1 and"
                + " column 1: rows and columns count from 0.");
  }

  /** An image of 16 bits whose samples are these. */
  private static BufferedImage deep(int bands, int... samples) {
    int[] offsets = IntStream.range(0, bands).toArray();
    int width = samples.length / bands;
    var raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_USHORT, width, 1, width * bands, bands, offsets, null);
    raster.setPixels(0, 0, width, 1, samples);
    var space = ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    var model =
        new ComponentColorModel(
            space,
            bands % 2 == 0,
            false,
            bands % 2 == 0 ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, raster, false, null);
  }

  @Test
  void sixteenBitsKeepEveryStep() throws IOException {
    var depths = Lossbook.image(encoded(deep(1, 0, 1, 500, 1000), "png"));

    assertThat(depths).hasToString("picture: 1×4, grey of 16 bits");
    assertThat(depths.values().toFloats())
        .containsExactly(0, 1 / 65535f, 500 / 65535f, 1000 / 65535f);
    assertThat(values(depths)).containsExactly(0, 0, 2, 4);
    assertThat(values(depths.contrasted())).containsExactly(0, 0, 127, 255);
    assertThat(depths.contrasted().values().toFloats()[1]).isBetween(0.0009f, 0.0011f);
    assertThat(depths.inverted().values().toFloats()[3]).isEqualTo(64535 / 65535f);
    assertThat(depths.resized(1, 2).values().toFloats()).containsExactly(1 / 65535f, 750 / 65535f);
    assertThat(depths.cropped(0, 2, 1, 1).colour().grey().values().toFloats())
        .containsExactly(500 / 65535f);
    assertThat(depths.fitted(4, 4).values().toFloats()[0]).isEqualTo(500 / 65535f);
  }

  @Test
  void coloursOfSixteenBitsKeepEveryStepToo() throws IOException {
    var colours = Lossbook.image(encoded(deep(3, 1, 2, 65535, 300, 0, 0), "png"));
    assertThat(colours).hasToString("picture: 1×2, colour of 16 bits");
    assertThat(colours.values().toFloats())
        .containsExactly(1 / 65535f, 2 / 65535f, 1, 300 / 65535f, 0, 0);
    var seen = Lossbook.image(encoded(deep(4, 0, 100, 0, 65535, 9, 9, 9, 0), "png"));
    assertThat(seen.values().toFloats()).containsExactly(0, 100 / 65535f, 0, 1, 1, 1);
    var half = Lossbook.image(encoded(deep(2, 0, 0x8000, 200, 0xffff), "png"));
    assertThat(half.values().toFloats()).containsExactly(0x7fff / 65535f, 200 / 65535f);
  }

  @Test
  void palettesAndFewBitsAreWhatTheyShow() throws IOException {
    for (int bits : new int[] {1, 2, 4}) {
      int most = (1 << bits) - 1;
      byte[] steps = new byte[most + 1];
      for (int i = 0; i <= most; i++) {
        steps[i] = (byte) (255 * i / most);
      }
      var palette = new IndexColorModel(bits, most + 1, steps, steps, steps);
      var few = new BufferedImage(most + 1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
      for (int i = 0; i <= most; i++) {
        few.getRaster().setSample(i, 0, 0, i);
      }
      assertThat(Lossbook.image(encoded(few, "png")).pixels()).isEqualTo(steps);
    }
    byte[] red = {0, 10, (byte) 200};
    byte[] green = {0, 20, 100};
    byte[] blue = {0, (byte) 200, 50};
    var palette = new IndexColorModel(8, 3, red, green, blue, 0);
    var indexed = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    indexed.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
    for (String kind : List.of("png", "gif")) {
      assertThat(values(Lossbook.image(encoded(indexed, kind))))
          .containsExactly(255, 255, 255, 10, 20, 200, 200, 100, 50);
    }
  }

  /** A JPEG of one colour, in four values as they are stored, and Adobe's mark where it has one. */
  private static byte[] inks(int transform, int... stored) throws IOException {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
    for (int i = 0; i < 64; i++) {
      raster.setPixel(i % 8, i / 8, stored);
    }
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      var finest = writer.getDefaultWriteParam();
      finest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      finest.setCompressionQuality(1);
      writer.write(null, new IIOImage(raster, null, null), finest);
    }
    byte[] jpeg = out.toByteArray();
    if (transform < 0) {
      return jpeg;
    }
    byte[] adobe = "__\0\16Adobe\0d\0\0\0\0_".getBytes(US_ASCII);
    adobe[0] = (byte) 0xff;
    adobe[1] = (byte) 0xee;
    adobe[15] = (byte) transform;
    var marked = new ByteArrayOutputStream();
    marked.write(jpeg, 0, 2);
    marked.write(adobe);
    marked.write(jpeg, 2, jpeg.length - 2);
    return marked.toByteArray();
  }

  @Test
  void fourInksAreTheColoursThatTheyPrint() throws IOException {
    int[] blue = {10, 20, 200};
    int[] dark = {5, 10, 100}; // the same behind half of black

    assertColour(inks(-1, 245, 235, 55, 0), blue);
    assertColour(inks(-1, 245, 235, 55, 127), dark);
    assertColour(inks(0, 10, 20, 200, 255), blue);
    assertColour(inks(0, 10, 20, 200, 128), dark);
    // the opposites of the inks, (245, 235, 55), as brightness and differences
    assertColour(inks(2, 217, 36, 148, 255), blue);
    assertColour(inks(2, 217, 36, 148, 128), dark);
  }

  private static void assertColour(byte[] file, int... colour) {
    Picture picture = Lossbook.image(file);
    assertThat(picture).hasToString("picture: 8×8, colour");
    int[] values = values(picture);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(colour[i % 3], within(4));
    }
  }

  @Test
  void otherKindsOfColourAreConvertedAndNotPixelByPixel() {
    var space = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    var model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 100, 100, 3, null);
    for (int i = 0; i < 10_000; i++) {
      raster.setPixel(i % 100, i / 100, new int[] {55, 13, 255});
    }
    int[] values = values(Lossbook.image(new BufferedImage(model, raster, false, null)));
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(new int[] {128, 63, 255}[i % 3], within(3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "progressive"})
  void aFileThatEndsTooEarlyIsRefused(String kind) throws IOException {
    var image = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 3600; i++) {
      image.setRGB(i % 60, i / 60, i * 7919);
    }
    byte[] whole = kind.equals("progressive") ? progressive(image) : encoded(image, kind);
    assertThat(Lossbook.image(whole).height()).isEqualTo(60);
    for (double share : new double[] {0.9, 0.6, 0.3}) {
      byte[] part = Arrays.copyOf(whole, (int) (whole.length * share));
      assertThatThrownBy(() -> Lossbook.image(part))
          .as("%s of %s", share, kind)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              "image expects a whole picture, PNG, JPEG, GIF or BMP, but cannot")
          .hasMessageNotContaining("null");
    }
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      var param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    return out.toByteArray();
  }

  @Test
  void otherFilesAreNamedForWhatTheyAre() {
    Map<String, String> files =
        Map.of(
            "RIFF\0\0\0\0WEBPVP8 ", "a WebP picture",
            "\0\0\0 ftypavif", "an AVIF picture",
            "\0\0\0 ftypheic", "an HEIC picture or a film",
            "<svg xmlns='http://www.w3.org/2000/svg'>", "an SVG drawing",
            "<!DOCTYPE html>", "a web page",
            "version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS",
            "", "an empty file");
    files.forEach(
        (content, named) ->
            assertThatThrownBy(() -> Lossbook.image(content.getBytes(US_ASCII)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("but these bytes is " + named));
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

    assertThat(ExifOrientation.read(exif)).isBetween(1, 8);
    assertThat(ExifOrientation.read(content)).isBetween(1, 8);
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
              "expects numbers but receives bytes, one of them -1, which as a pixel is 255: use picture.values() instead of pixels(), (b & 0xff) / 255.0 of each byte b, or ints if negative numbers are meant.");
    }
    assertThat(pixels("mine", grey.values())).isNotNull();
    assertThat(model.predictValues(grey).size()).isEqualTo(1);
    assertThat(mse().of(new byte[] {1, 2}, new byte[] {1, 4})).isEqualTo(2); // no sign in sight
    model.close();
  }
}
