package org.lossbook.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.imageFolder;
import static org.lossbook.Lossbook.images;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.data.DataException;

class ImageFolderTest {
  @TempDir Path folder;

  private void picture(String path, int width, int height, Color colour) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(0, 0, width, height);
    g.dispose();
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private String pets() throws IOException {
    picture("dog/1.png", 4, 2, Color.WHITE);
    picture("cat/2.png", 4, 2, Color.BLACK);
    picture("cat/more/1.png", 4, 2, Color.BLACK);
    Files.writeString(folder.resolve("cat/notes.txt"), "not a picture, and not named as one");
    Files.createDirectories(folder.resolve(".cache"));
    return folder.toString();
  }

  @Test
  void aFolderIsAClassAndTheFilesAreItsPictures() throws IOException {
    var pets = imageFolder(pets());

    assertThat(pets.classNames()).containsExactly("cat", "dog");
    assertThat(pets.sampleShape()).containsExactly(2, 4, 1);
    assertThat(pets.y().toArray()).containsExactly(0, 0, 1);
    assertThat(pets.x().rows(2, 3).toArray()).containsOnly(1);
    assertThat(pets.x().rows(0, 2).toArray()).containsOnly(0);
    assertThat(pets.toString()).endsWith(": 3 images 2×4×1, 2 classes: cat 2, dog 1");
    assertThat(pets.split(0.7, 1).test().classNames()).containsExactly("cat", "dog");
    assertThat(images(pets, 3).alt()).isEqualTo("3 images: cat; cat; dog");
  }

  @Test
  void picturesAreConvertedToOneSizeAndKind() throws IOException {
    String path = pets();
    picture("dog/red.png", 6, 6, Color.RED);

    assertThatThrownBy(() -> imageFolder(path).size())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("imageFolder expects pictures of one size, 2×4 like the first, but")
        .hasMessageContaining("red.png: 6×6, colour")
        .hasMessageEndingWith("resize them with .fitted(2, 4).");
    assertThat(imageFolder(path).fitted(3, 3).sampleShape()).containsExactly(3, 3, 3);
    assertThat(imageFolder(path).resized(2, 4).grey().sampleShape()).containsExactly(2, 4, 1);
    assertThat(imageFolder(path).classes("cat").colour().sampleShape()).containsExactly(2, 4, 3);
  }

  @Test
  void theClassesMayBeNamedSoThatTestDataThatLacksOneKeepsTheirOrder() throws IOException {
    var pets = imageFolder(pets()).classes("bird", "cat", "dog");

    assertThat(pets.classNames()).containsExactly("bird", "cat", "dog");
    assertThat(pets.y().toArray()).containsExactly(1, 1, 2);
  }

  @Test
  void aBrokenFileIsNamedOrSkipped() throws IOException {
    String path = pets();
    Files.writeString(folder.resolve("dog/0.png"), "broken");

    assertThatThrownBy(() -> imageFolder(path).size())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("dog/0.png").toString());
    assertThat(imageFolder(path).skipBroken().size()).isEqualTo(3);
  }

  @Test
  void hiddenFoldersDoNotCountWhereverTheyAre() throws IOException {
    String path = pets();
    picture("cat/.ipynb_checkpoints/2-checkpoint.png", 4, 2, Color.RED);
    picture(".ipynb_checkpoints/1-checkpoint.png", 4, 2, Color.RED);
    picture("__MACOSX/cat/._2.png", 4, 2, Color.RED);
    picture("cat/more/.thumbnails/deep/1.png", 1, 1, Color.RED);
    picture("cat/._2.png", 4, 2, Color.RED);

    assertThat(imageFolder(path).toString()).endsWith("3 images 2×4×1, 2 classes: cat 2, dog 1");
    picture(".hidden/set/a/1.png", 1, 1, Color.RED);
    picture(".hidden/set/b/1.png", 1, 1, Color.RED);
    assertThat(imageFolder(folder.resolve(".hidden/set")).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "webp, 'RIFF    WEBPVP8 ', a WebP picture",
    "HEIC, '    ftypheic', an HEIC picture",
    "svg, '<svg/>', an SVG drawing",
    "jpeg, 'RIFF    WEBPVP8 ', a WebP picture"
  })
  void aPictureOfAnotherKindIsNamedAndNotLeftOut(String kind, String content, String named)
      throws IOException {
    String path = pets();
    Path file = Files.writeString(folder.resolve("dog/9." + kind), content);

    assertThatThrownBy(() -> imageFolder(path).size())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + " is " + named)
        .hasMessageEndingWith("open it elsewhere and save it as PNG.");
    assertThat(imageFolder(path).skipBroken().size()).isEqualTo(3);
  }

  @Test
  void sixteenBitsThatBytesWouldLoseAreRefusedUntilTheyAreSpread() throws IOException {
    String path = pets();
    var deep = new BufferedImage(4, 2, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 4, 2, new int[] {0, 1, 2, 3, 500, 600, 900, 1000});
    ImageIO.write(deep, "png", folder.resolve("dog/2.png").toFile());

    assertThatThrownBy(() -> imageFolder(path).size())
        .hasMessageContaining("2.png, of 16 bits, goes no higher than 1,000 of 65,535")
        .hasMessageEndingWith("stretch its range with .contrasted().");
    assertThat(imageFolder(path).contrasted().x().rows(3, 4).toArray()[7]).isEqualTo(1);
  }

  @Test
  void moreThan256ClassesKeepTheirLabels() throws IOException {
    for (int i = 0; i < 300; i++) {
      picture("c%03d/a.png".formatted(i), 1, 1, Color.RED);
    }
    var many = imageFolder(folder.toString());

    assertThat(many.classNames()).hasSize(300);
    assertThat(many.y().toArray()[299]).isEqualTo(299);
  }

  @Test
  void whatIsNoFolderOfFoldersIsRefused() throws IOException {
    assertThatThrownBy(() -> imageFolder((String) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> imageFolder("no-such").size())
        .hasMessageStartingWith("imageFolder expects a folder but finds nothing at no-such: the");
    assertThatThrownBy(() -> imageFolder(folder.toString()).size())
        .hasMessageContaining("finds no folder in");
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> imageFolder(folder.toString()).size())
        .hasMessageContaining("but empty has none");
    assertThatThrownBy(() -> imageFolder("x").fitted(0, 1)).hasMessageContaining("0 and 1");
    assertThatThrownBy(() -> imageFolder("x").classes()).hasMessageContaining("receives none");
  }

  @Test
  void anInterruptStopsTheReading() throws IOException {
    var pets = imageFolder(pets());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(pets::size).isInstanceOf(DataException.Interrupted.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(pets.size()).isEqualTo(3);
  }

  /** Stores a mask whose grey levels are these labels. */
  private void mask(String path, int width, int... labels) throws IOException {
    var image = new BufferedImage(width, labels.length / width, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, labels.length / width, labels);
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private ImageFolder scenes() throws IOException {
    picture("photos/b.jpg.png", 4, 2, Color.WHITE);
    picture("photos/a/1.png", 4, 2, Color.BLACK);
    mask("masks/b.jpg.png", 4, 0, 0, 1, 1, 2, 2, 1, 255);
    mask("masks/a/1.png", 4, 1, 1, 1, 1, 0, 0, 0, 0);
    return imageFolder(folder.resolve("photos")).masks(folder.resolve("masks"));
  }

  @Test
  void masksBesideImagesBecomeLabelsOfPixelsPairedByName() throws IOException {
    var scenes = scenes();

    assertThat(scenes.size()).isEqualTo(2);
    assertThat(scenes.targetShape()).containsExactly(2, 4);
    assertThat(scenes.hasLabels()).isFalse();
    assertThat(scenes.classNames()).containsExactly("0", "1", "2");
    assertThat(scenes.y().toArray())
        .containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 255);
    assertThat(scenes.x().rows(0, 1).toArray()).containsOnly(0);
    assertThat(scenes.classes("ground", "road", "sky").classNames()).contains("road");
    assertThat(scenes.toString()).endsWith("masks: 2 images 2×4×1, targets [2, 4]");
    assertThat(scenes.rows(0, 1).oneHot().targetShape()).containsExactly(2, 4, 3);
    assertThat(images(scenes, 2)).isNotNull();
  }

  @Test
  void masksAreResizedByTheNearestPixelAndPaddedWithLabel0() throws IOException {
    var scenes = scenes();

    assertThat(scenes.resized(2, 2).y().rows(1, 2).toArray()).containsExactly(0, 1, 2, 255);
    assertThat(scenes.resized(4, 8).y().rows(1, 2).toArray())
        .startsWith(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 255, 255);
    assertThat(scenes.fitted(4, 4).y().rows(1, 2).toArray())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 255, 0, 0, 0, 0);
  }

  @Test
  void theValuesOfAMaskMayBeNamedAsTheyAreInBlackAndWhiteOrInColour() throws IOException {
    picture("photos/1.png", 2, 1, Color.WHITE);
    mask("grey/1.png", 2, 0, 255);
    picture("colour/1.png", 2, 1, new Color(0x800040));
    var photos = imageFolder(folder.resolve("photos"));
    var grey = photos.masks(folder.resolve("grey"));
    var colour = photos.masks(folder.resolve("colour"));

    assertThatThrownBy(grey::size)
        .hasMessageContaining("receives only 0 and 255: write .maskValues(0, 255)");
    assertThat(grey.maskValues(0, 255).y().toArray()).containsExactly(0, 1);
    assertThatThrownBy(colour::size)
        .hasMessageContaining("has the value 0x800040")
        .hasMessageEndingWith(".maskValues(0x000000, 0x800040).");
    assertThat(colour.maskValues(0, 0x800040).y().toArray()).containsExactly(1, 1);
    assertThatThrownBy(() -> colour.maskValues(0, 1).size())
        .hasMessageContaining("1.png has 0x800040: name it too");
    assertThatThrownBy(() -> photos.maskValues(1, 1)).hasMessageContaining("receives [1, 1]");
  }

  @Test
  void aPaletteOfAMaskIsNotItsLabels() throws IOException {
    picture("photos/1.png", 2, 1, Color.WHITE);
    byte[] levels = {0, (byte) 128, (byte) 192};
    var palette = new IndexColorModel(8, 3, levels, new byte[3], new byte[3]);
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {2, 1});
    Files.createDirectories(folder.resolve("masks"));
    ImageIO.write(image, "png", folder.resolve("masks/1.png").toFile());

    var scenes = imageFolder(folder.resolve("photos")).masks(folder.resolve("masks"));
    assertThat(scenes.y().toArray()).containsExactly(2, 1);
  }

  @Test
  void whatIsNoPairIsRefusedOrSkipped() throws IOException {
    var scenes = scenes();
    picture("photos/c.png", 4, 2, Color.RED);
    assertThatThrownBy(scenes::size)
        .hasMessageContaining("expects a mask for each picture but finds none in")
        .hasMessageEndingWith("leave the picture out with .skipBroken().");
    assertThat(scenes.skipBroken().size()).isEqualTo(2);
    mask("masks/c.png", 2, 0, 1);
    assertThatThrownBy(() -> scenes().size())
        .hasMessageContaining("c.png has 1×2 pixels and c.png 2×4");
    assertThatThrownBy(() -> scenes().skipBroken().classes("ground", "road").size())
        .hasMessageContaining("labels 0 to 1")
        .hasMessageContaining("the label 2");
    assertThatThrownBy(() -> scenes.masks("no-such").size())
        .hasMessageContaining("finds nothing at no-such");
  }

  @Test
  void masksMayLieInTheFolderOfImages() throws IOException {
    picture("photos/1.png", 2, 1, Color.WHITE);
    mask("photos/masks/1.png", 2, 0, 1);

    var scenes = imageFolder(folder.resolve("photos")).masks(folder.resolve("photos/masks"));
    assertThat(scenes.y().toArray()).containsExactly(0, 1);
  }
}
