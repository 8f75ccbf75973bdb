/** Ratings for recommendation ({@link Ratings}): who rates what, and how much. */
package org.lossbook.data.ratings;
