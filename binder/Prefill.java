import static org.lossbook.Lossbook.*;

/** Does once, while the image is built, what the first session would wait for. */
class Prefill {
  public static void main(String[] args) {
    // Into the cache of this user; a line says so where MNIST cannot be had.
    var digits = digits();
    System.out.println(digits);
    // A first step unpacks oneDNN. ND4J stays packed until a cell asks for it, which takes a second.
    sequential(input(28, 28, 1), flatten(), dense(10).softmax())
        .compile(adam(), sparseCategoricalCrossentropy())
        .fit(digits.test().rows(0, 32), epochs(1));
  }
}
