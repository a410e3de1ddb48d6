package dev.deltadepth.eval;

/**
 * How far a model agrees with the teacher on a set of unlabelled pictures.
 *
 * @param set the set's name
 * @param images how many pictures
 * @param mean the unweighted mean over pictures
 * @param worstResidual the lowest residual correlation of a picture
 */
public record AgreementResult(String set, int images, Agreement mean, double worstResidual) {}
