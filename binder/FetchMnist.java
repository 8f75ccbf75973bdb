import static org.lossbook.Lossbook.mnist;

/** Puts MNIST into the cache of the user who runs this. */
class FetchMnist {
  public static void main(String[] args) {
    System.out.println(mnist());
  }
}
